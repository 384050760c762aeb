using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace MonozukuriTown.Web.Components;

/// <summary>
/// A region of a page that people and search engines ask for all day: <c>@(new Facets { … })</c>. It writes itself into the page; a component
/// for it would cost more than the search behind it.
/// </summary>
public abstract class Region : IHtmlContent
{
    /// <param name="writer">The page.</param>
    /// <param name="encoder">Not asked: there is one for all pages.</param>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => Write(new(writer));

    protected abstract void Write(Markup to);
}
