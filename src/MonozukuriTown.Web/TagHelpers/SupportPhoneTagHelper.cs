using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Options;
using MonozukuriTown.Core.Data;
using MonozukuriTown.Web.Components;

namespace MonozukuriTown.Web.TagHelpers;

/// <summary><c>&lt;support-phone /&gt;</c>: the number of the support centre, large, to be called with one touch.</summary>
[HtmlTargetElement("support-phone", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SupportPhoneTagHelper(IOptions<TownOptions> town) : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(new PhoneLink { Tel = town.Value.SupportTel });
    }
}
