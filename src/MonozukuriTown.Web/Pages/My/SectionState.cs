using MonozukuriTown.Core.Companies;
using MonozukuriTown.Web.Components;

namespace MonozukuriTown.Web.Pages.My;

/// <summary>Since when a part of a listing is known to be true; no freshness: it never was confirmed.</summary>
public sealed record SectionState(ListingSection Section, int Version, Freshness? Fresh)
{
    public SeenSection Seen => new(Section, Version);

    public bool IsDue => Fresh is null or { IsOld: true };

    public static SectionState Of(Company company, ListingSection section, DateOnly today)
    {
        var row = company.Sections.Find(s => s.Section == section);
        return new(section, row?.Version ?? 0, Freshness.Of(row?.ConfirmedAt, today));
    }
}
