using System.Text.Encodings.Web;
using Bunit;
using Bunit.Rendering;
using MonozukuriTown.Web.Components;

namespace MonozukuriTown.Components.Tests;

internal static class WrittenRegions
{
    /// <summary>A region as a page holds it, to be asked like a component.</summary>
    public static IRenderedComponent<ContainerFragment> Show(this BunitContext context, Region region)
    {
        using var page = new StringWriter();
        region.WriteTo(page, HtmlEncoder.Default);
        return context.Render(builder => builder.AddMarkupContent(0, page.ToString()));
    }
}
