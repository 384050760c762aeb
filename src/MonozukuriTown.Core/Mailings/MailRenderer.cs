using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Core.Mailings.Mails;
using MonozukuriTown.Mail;

namespace MonozukuriTown.Core.Mailings;

/// <summary>Turns a mail's component into its HTML and, from that, its plain form.</summary>
public sealed class MailRenderer(IServiceProvider services, ILoggerFactory loggers, IOptions<TownOptions> town, IOptions<MailOptions> mail)
{
    /// <param name="parameters">Of the component, by name.</param>
    /// <param name="list">The list (<see cref="MailList"/>) the mail belongs to, for the footer that says how to leave it; null for essential mail.</param>
    public async Task<(string Html, string Text)> RenderAsync<TMail>(string title, IReadOnlyDictionary<string, object?> parameters, string? list = null)
        where TMail : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            RenderFragment body = builder =>
            {
                builder.OpenComponent<TMail>(0);
                foreach (var (name, value) in parameters)
                    builder.AddComponentParameter(1, name, value);
                builder.CloseComponent();
            };
            var root = await renderer.RenderComponentAsync<MailLayout>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(MailLayout.Title)] = title,
                [nameof(MailLayout.List)] = list is null ? null : MailList.Name(list),
                [nameof(MailLayout.Town)] = town.Value,
                [nameof(MailLayout.Mail)] = mail.Value,
                [nameof(MailLayout.ChildContent)] = body,
            }));
            return root.ToHtmlString();
        });
        return ("<!DOCTYPE html>\n" + html, PlainText.FromHtml(html));
    }
}
