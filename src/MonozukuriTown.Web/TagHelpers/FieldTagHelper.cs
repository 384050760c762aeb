using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MonozukuriTown.Web.TagHelpers;

/// <summary>
/// One field of a form, always built the same way: label with 必須, help, error above the control, and the control that points to them.
/// <c>&lt;field for="Input.Mail" label="メールアドレス" type="email" autocomplete="username" required /&gt;</c>; attributes that are not its own
/// go to the control. With <c>rows</c> it is a textarea, with <c>items</c> a select, with <c>check</c> one box to tick, with content the content is
/// the control. A field that is no property of the page says <c>name</c> and <c>value</c> instead of <c>for</c>.
/// </summary>
[HtmlTargetElement("field", Attributes = "for")]
[HtmlTargetElement("field", Attributes = "name")]
public sealed class FieldTagHelper(IHtmlGenerator generator) : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public ModelExpression? For { get; set; }

    public string? Name { get; set; }

    public string? Value { get; set; }

    public required string Label { get; set; }

    public string? Help { get; set; }

    public bool Required { get; set; }

    /// <summary>Lines of a textarea.</summary>
    public int? Rows { get; set; }

    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>What a ticked box sends.</summary>
    public string? Check { get; set; }

    /// <summary>Written before and behind the control: ±, mm.</summary>
    public string Before { get; set; } = "";

    /// <inheritdoc cref="Before"/>
    public string Unit { get; set; } = "";

    /// <summary>Where proposals come from while somebody types.</summary>
    public string? Suggest { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var name = Name ?? For!.Name;
        var fullName = Name ?? ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(name);
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
        // Rows fold: a browser can't point at a control that is not shown, so the server alone refuses an empty one there.
        if (Required)
            attributes[Name is null ? "required" : "aria-required"] = Name is null ? "required" : "true";

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", "field");

        if (Check is not null)
        {
            if (error is not null)
                output.Content.AppendHtml(Line("span", "field-error", id + "-error", error));
            output.Content.AppendHtml(Box(name, id, attributes));
            if (Help is not null)
                output.Content.AppendHtml(Line("p", "field-help", id + "-help", Help));
            return;
        }
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
            output.Content.AppendHtml(WithUnit(Offering(Name is null ? Control(name, state, attributes, extraClass) : Plain(Name, id, attributes, extraClass))));
    }

    private TagBuilder Plain(string name, string id, Dictionary<string, object> attributes, string extraClass)
    {
        var control = new TagBuilder(Items is not null ? "select" : Rows is not null ? "textarea" : "input");
        foreach (var (key, value) in attributes)
            control.Attributes[key] = Convert.ToString(value, CultureInfo.InvariantCulture);
        control.Attributes["id"] = id;
        control.Attributes["name"] = name;
        control.AddCssClass(control.TagName + extraClass);
        if (Items is not null)
        {
            foreach (var item in Items)
            {
                var option = new TagBuilder("option");
                option.Attributes["value"] = item.Value;
                if (item.Selected)
                    option.Attributes["selected"] = "selected";
                option.InnerHtml.Append(item.Text);
                control.InnerHtml.AppendHtml(option);
            }
        }
        else if (Rows is { } rows)
        {
            control.Attributes["rows"] = rows.ToString(CultureInfo.InvariantCulture);
            // A browser leaves out the first line end.
            control.InnerHtml.AppendHtml("\n").Append(Value ?? "");
        }
        else
        {
            control.TagRenderMode = TagRenderMode.SelfClosing;
            control.Attributes.TryAdd("type", "text");
            control.Attributes["value"] = Value ?? "";
        }
        return control;
    }

    private TagBuilder Box(string name, string id, Dictionary<string, object> attributes)
    {
        var box = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        foreach (var (key, value) in attributes)
            box.Attributes[key] = Convert.ToString(value, CultureInfo.InvariantCulture);
        (box.Attributes["type"], box.Attributes["id"], box.Attributes["name"], box.Attributes["value"]) = ("checkbox", id, name, Check);
        if (string.Equals(Value, Check, StringComparison.Ordinal))
            box.Attributes["checked"] = "checked";
        var choice = new TagBuilder("label");
        choice.AddCssClass("choice");
        choice.InnerHtml.AppendHtml(box).AppendHtml(Line("span", "choice-words", null, Label));
        return choice;
    }

    private TagBuilder WithUnit(TagBuilder control)
    {
        if (Before.Length == 0 && Unit.Length == 0)
            return control;
        var row = new TagBuilder("span");
        row.AddCssClass("with-unit");
        if (Before.Length > 0)
            row.InnerHtml.AppendHtml(Line("span", "unit", null, Before));
        row.InnerHtml.AppendHtml(control);
        if (Unit.Length > 0)
            row.InnerHtml.AppendHtml(Line("span", "unit", null, Unit));
        return row;
    }

    private TagBuilder Offering(TagBuilder control)
    {
        if (Suggest is null)
            return control;
        var box = new TagBuilder("span");
        box.AddCssClass("suggest");
        box.Attributes["data-suggest"] = Suggest;
        box.InnerHtml.AppendHtml(control);
        return box;
    }

    private TagBuilder Control(string name, ModelStateEntry? state, Dictionary<string, object> attributes, string extraClass)
    {
        if (Items is not null)
        {
            attributes["class"] = "select" + extraClass;
            return generator.GenerateSelect(ViewContext, For!.ModelExplorer, null, name, Items, allowMultiple: false, attributes);
        }
        if (Rows is { } rows)
        {
            attributes["class"] = "textarea" + extraClass;
            return generator.GenerateTextArea(ViewContext, For!.ModelExplorer, name, rows, 0, attributes);
        }
        attributes["class"] = "input" + extraClass;
        var type = attributes.TryGetValue("type", out var t) ? Convert.ToString(t, CultureInfo.InvariantCulture) : "text";
        attributes["type"] = type!;
        // A password is never sent back; everything else that was typed stays.
        object? value = string.Equals(type, "password", StringComparison.Ordinal) ? "" : state?.AttemptedValue ?? For!.Model;
        return generator.GenerateTextBox(ViewContext, For!.ModelExplorer, name, value, null, attributes);
    }

    private static TagBuilder Line(string tag, string cssClass, string? id, string text)
    {
        var line = new TagBuilder(tag);
        line.AddCssClass(cssClass);
        if (id is not null)
            line.Attributes["id"] = id;
        line.InnerHtml.Append(text);
        return line;
    }
}
