using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Components;
using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.TagHelpers;

/// <summary><c>&lt;support-phone /&gt;</c>: the number of the support centre, large, to be called with one touch.</summary>
[HtmlTargetElement("support-phone", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SupportPhoneTagHelper(IOptions<TownOptions> town) : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var tel = town.Value.SupportTel;
        output.TagName = null;
        output.Content.SetHtmlContent(Markup.Of(
            $"""<a class="phone" href="{SiteLinks.Tel(tel)}"><svg class="icon" aria-hidden="true"><use href="/images/icons.svg#i-phone"/></svg>{tel}</a>""").Value);
    }
}
