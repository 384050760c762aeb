using MonozukuriTown.Core.Companies;
using MonozukuriTown.Core.Companies.Catalog;

namespace MonozukuriTown.Web.Components;

/// <summary>One line of 加工対応範囲 in words and figures; what the line leaves open the company states for all its work.</summary>
public sealed record CapabilityRow(
    string Process, string? Note, string Materials, IReadOnlyList<string> Sizes, IReadOnlyList<string> Tolerances, string Lot, bool InHouse)
{
    public static CapabilityRow Of(Capability capability, Company company)
    {
        var limits = CatalogFacts.Limits(capability.Limits).Over(CatalogFacts.Limits(company.Limits));
        return new(
            capability.Process, capability.Note, string.Join('、', capability.Materials.Count > 0 ? capability.Materials : company.Materials),
            Figures.Sizes(limits), Figures.Tolerances(limits), Figures.Lot(limits), capability.InHouse);
    }
}
