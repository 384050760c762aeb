using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MonozukuriTown.Web.TagHelpers;

/// <summary><c>&lt;error-summary /&gt;</c> on top of a form: what is to be put right, each linked to its field. Nothing while all is well.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTagHelper(IHtmlGenerator generator) : TagHelper
{
    /// <summary>Where a page puts what its fields are called (a function of the name), when the sentences alone don't tell: of forty rows, which.</summary>
    public const string Labels = "ErrorLabels";

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = ViewContext.ViewData.ModelState
            .SelectMany(entry => entry.Value!.Errors.Take(1).Select(e => (Field: entry.Key, e.ErrorMessage))).ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error-summary");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute("aria-labelledby", "error-title");

        var title = new TagBuilder("h2");
        title.Attributes["id"] = "error-title";
        title.InnerHtml.Append(string.Create(CultureInfo.InvariantCulture, $"直していただくところが{errors.Count}つあります"));
        output.Content.AppendHtml(title);
        var list = new TagBuilder("ul");
        var labels = ViewContext.ViewData[Labels] as Func<string, string?>;
        foreach (var (field, sentence) in errors)
        {
            var message = labels?.Invoke(field) is { } label ? $"{label}：{sentence}" : sentence;
            var item = new TagBuilder("li");
            if (field.Length == 0)
            {
                item.InnerHtml.Append(message);
            }
            else
            {
                var link = new TagBuilder("a");
                link.Attributes["href"] = "#" + TagBuilder.CreateSanitizedId(field, generator.IdAttributeDotReplacement);
                link.InnerHtml.Append(message);
                item.InnerHtml.AppendHtml(link);
            }
            list.InnerHtml.AppendHtml(item);
        }
        output.Content.AppendHtml(list);
    }
}
