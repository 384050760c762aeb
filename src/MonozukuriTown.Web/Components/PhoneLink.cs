using MonozukuriTown.Web.Links;

namespace MonozukuriTown.Web.Components;

/// <summary>A number large enough to be seen, to be called with one touch.</summary>
public sealed class PhoneLink : Region
{
    public required string Tel { get; init; }

    protected override void Write(Markup to) => to.Add(
        $"""<a class="phone" href="{SiteLinks.Tel(Tel)}"><svg class="icon" aria-hidden="true"><use href="/images/icons.svg#i-phone"/></svg>{Tel}</a>""");
}
