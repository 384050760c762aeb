using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MonozukuriTown.Web.TagHelpers;

/// <summary>
/// One field of a form, always built the same way: label with 必須, help, error above the control, and the control that points to them.
/// <c>&lt;field for="Input.Mail" label="メールアドレス" type="email" autocomplete="username" required /&gt;</c>; attributes that are not its own
/// go to the control. With <c>rows</c> it is a textarea, with <c>items</c> a select, with content the content is the control.
/// </summary>
[HtmlTargetElement("field", Attributes = "for")]
public sealed class FieldTagHelper(IHtmlGenerator generator) : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public required ModelExpression For { get; set; }

    public required string Label { get; set; }

    public string? Help { get; set; }

    public bool Required { get; set; }

    /// <summary>Lines of a textarea.</summary>
    public int? Rows { get; set; }

    public IEnumerable<SelectListItem>? Items { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var name = For.Name;
        var fullName = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(name);
        var id = TagBuilder.CreateSanitizedId(fullName, generator.IdAttributeDotReplacement);
        ViewContext.ViewData.ModelState.TryGetValue(fullName, out var state);
        var error = state?.Errors.FirstOrDefault()?.ErrorMessage;

        List<string> described = [];
        if (Help is not null)
            described.Add(id + "-help");
        if (error is not null)
            described.Add(id + "-error");

        var attributes = output.Attributes.Where(a => a.Name is not ("class" or "id"))
            .ToDictionary(a => a.Name, a => a.Value, StringComparer.OrdinalIgnoreCase);
        var extraClass = output.Attributes.TryGetAttribute("class", out var c) ? " " + c.Value : "";
        if (described.Count > 0)
            attributes["aria-describedby"] = string.Join(' ', described);
        if (error is not null)
            attributes["aria-invalid"] = "true";
        if (Required)
            attributes["required"] = "required";

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", "field");

        var label = new TagBuilder("label");
        label.AddCssClass("field-label");
        label.Attributes["for"] = id;
        label.InnerHtml.Append(Label);
        if (Required)
        {
            var mark = new TagBuilder("span");
            mark.AddCssClass("required");
            mark.InnerHtml.Append("必須");
            label.InnerHtml.AppendHtml(mark);
        }
        output.Content.AppendHtml(label);
        if (Help is not null)
            output.Content.AppendHtml(Line("p", "field-help", id + "-help", Help));
        if (error is not null)
            output.Content.AppendHtml(Line("span", "field-error", id + "-error", error));

        var child = await output.GetChildContentAsync();
        if (!child.IsEmptyOrWhiteSpace)
            output.Content.AppendHtml(child);
        else
            output.Content.AppendHtml(Control(name, state, attributes, extraClass));
    }

    private TagBuilder Control(string name, ModelStateEntry? state, Dictionary<string, object> attributes, string extraClass)
    {
        if (Items is not null)
        {
            attributes["class"] = "select" + extraClass;
            return generator.GenerateSelect(ViewContext, For.ModelExplorer, null, name, Items, allowMultiple: false, attributes);
        }
        if (Rows is { } rows)
        {
            attributes["class"] = "textarea" + extraClass;
            return generator.GenerateTextArea(ViewContext, For.ModelExplorer, name, rows, 0, attributes);
        }
        attributes["class"] = "input" + extraClass;
        var type = attributes.TryGetValue("type", out var t) ? Convert.ToString(t, CultureInfo.InvariantCulture) : "text";
        attributes["type"] = type!;
        // A password is never sent back; everything else that was typed stays.
        object? value = string.Equals(type, "password", StringComparison.Ordinal) ? "" : state?.AttemptedValue ?? For.Model;
        return generator.GenerateTextBox(ViewContext, For.ModelExplorer, name, value, null, attributes);
    }

    private static TagBuilder Line(string tag, string cssClass, string id, string text)
    {
        var line = new TagBuilder(tag);
        line.AddCssClass(cssClass);
        line.Attributes["id"] = id;
        line.InnerHtml.Append(text);
        return line;
    }
}
