using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MonozukuriTown.Tests.Support;

/// <summary>An answer of the portal, read as a page: what it says, and its forms filled and sent as a browser would.</summary>
public sealed class TestPage(HttpClient browser, HttpResponseMessage response, string body)
{
    private readonly Lazy<IHtmlDocument> document = new(() => new HtmlParser().ParseDocument(body));

    public HttpStatusCode Status => response.StatusCode;

    public HttpResponseMessage Response => response;

    public string Body => body;

    public IHtmlDocument Document => document.Value;

    /// <summary>What a reader sees of <paramref name="selector"/>, white space folded; empty where there is none.</summary>
    public string Text(string selector = "main") => string.Join(' ',
        (Document.QuerySelector(selector)?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Where a redirect leads.</summary>
    public string? Location => response.Headers.Location?.OriginalString;

    public Task<TestPage> Follow() => browser.Open(Location ?? throw new InvalidOperationException($"No redirect but {Status}: {body}"));

    /// <summary>Sends the form (the only one in main unless a selector says which) with what it holds and these fields set; null removes one.</summary>
    public async Task<TestPage> Submit(string form = "main form", params (string Name, string? Value)[] fields)
    {
        var element = Document.QuerySelector(form) as IHtmlFormElement
            ?? throw new InvalidOperationException($"No form '{form}' here ({Status}): {body}");
        List<KeyValuePair<string, string>> values = [.. Values(element)];
        foreach (var (name, value) in fields)
        {
            values.RemoveAll(v => string.Equals(v.Key, name, StringComparison.Ordinal));
            if (value is not null)
                values.Add(new(name, value));
        }
        var address = element.GetAttribute("action") is { Length: > 0 } action ? action : response.RequestMessage!.RequestUri!.PathAndQuery;
        if (!string.Equals(element.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase))
            return await browser.Open(address.Split('?')[0] + "?" + await new FormUrlEncodedContent(values).ReadAsStringAsync());
        using var content = new FormUrlEncodedContent(values);
        return await Read(browser, await browser.PostAsync(new Uri(address, UriKind.RelativeOrAbsolute), content));
    }

    internal static async Task<TestPage> Read(HttpClient browser, HttpResponseMessage response) =>
        new(browser, response, await response.Content.ReadAsStringAsync());

    // What a browser would send: no unchecked boxes, no buttons, nothing disabled.
    private static IEnumerable<KeyValuePair<string, string>> Values(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            if (element is not IElement { } field || field.HasAttribute("disabled") || field.GetAttribute("name") is not { Length: > 0 } name)
                continue;
            switch (element)
            {
                case IHtmlInputElement { Type: "submit" or "button" or "image" or "reset" or "file" }:
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }:
                    break;
                case IHtmlInputElement input:
                    yield return new(name, input.Value);
                    break;
                case IHtmlTextAreaElement area:
                    yield return new(name, area.Value);
                    break;
                case IHtmlSelectElement select:
                    foreach (var option in select.Options.Where(o => o.IsSelected))
                        yield return new(name, option.Value);
                    break;
            }
        }
    }
}

public static class TestPages
{
    public static async Task<TestPage> Open(this HttpClient browser, string address) =>
        await TestPage.Read(browser, await browser.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute)));
}
