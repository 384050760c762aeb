using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace MonozukuriTown.Tests.Mailings;

/// <summary>A mail's component as features have them, small enough for tests.</summary>
public sealed class PlainMail : ComponentBase
{
    [Parameter, EditorRequired] public required string Company { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<p>");
        builder.AddContent(1, Company + " 様");
        builder.AddMarkupContent(2, "</p><p><a class=\"action\" href=\"{{open}}\">内容を見る</a></p>");
    }
}
