using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MonozukuriTown.Web.TagHelpers;

/// <summary><c>&lt;icon name="i-search" /&gt;</c>: a picture from the sprite, silent to screen readers; the words beside it speak.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public required string Name { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<use href=\"/images/icons.svg#{Name}\"/>");
    }
}
