namespace MonozukuriTown.Matching;

/// <summary>Adds up facet counts over the blocks and lays them out for the page.</summary>
internal sealed class FacetCounter(Vocabulary vocabulary, SearchQuery query)
{
    private readonly Dictionary<int, int> processes = [];
    private readonly Dictionary<int, int> materials = [];
    private readonly Dictionary<int, int> certifications = [];
    private readonly Dictionary<string, int> towns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> employees = new(StringComparer.Ordinal);
    private int meister;
    private int visits;

    public void Count(FacetKind kind, BlockFacets facets, CompanySet set)
    {
        var n = set.Count;
        switch (kind)
        {
            case FacetKind.Process:
                facets.ProcessCounts.Count(set, n, processes);
                break;
            case FacetKind.Material:
                facets.MaterialCounts.Count(set, n, materials);
                break;
            case FacetKind.Certification:
                facets.CertificationCounts.Count(set, n, certifications);
                break;
            case FacetKind.Town:
                facets.TownCounts.Count(set, n, towns);
                break;
            case FacetKind.Employees:
                facets.EmployeeCounts.Count(set, n, employees);
                break;
            case FacetKind.Meister:
                meister += facets.Meister.CountAnd(set);
                break;
            default:
                visits += facets.VisitsWelcome.CountAnd(set);
                break;
        }
    }

    public SearchFacets Result() => new()
    {
        Processes = [.. vocabulary.Processes.Where(p => p.IsGroup).Select(Group).Where(Shown)],
        Materials = [.. vocabulary.Members(null).Select(m => Family(m, 0)).Where(Shown)],
        Certifications = [.. certifications.OrderByDescending(c => c.Value).ThenBy(c => c.Key)
            .Select(c => vocabulary.Certifications[c.Key]).Select(c => new FacetValue(c.Id, c.Name, certifications[c.Index], Has(query.Certifications, c.Id), []))
            .Where(Shown)],
        Towns = [.. towns.OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => new FacetValue(t.Key, t.Key, t.Value, Has(query.Towns, t.Key), [])).Where(Shown)],
        EmployeeClasses = [.. EmployeeClass.All.Select(k => new FacetValue(k.Id, k.Label, employees.GetValueOrDefault(k.Id), Has(query.EmployeeClasses, k.Id), [])).Where(Shown)],
        Meister = new("1", "スズネイスター", meister, query.Meister, []),
        VisitsWelcome = new("1", "見学可", visits, query.VisitsWelcome, []),
    };

    private FacetValue Group(Process group)
    {
        var leaves = vocabulary.Leaves(group)
            .Select(p => new FacetValue(p.Id, p.Name, processes.GetValueOrDefault(p.Index), Has(query.Processes, p.Id), []))
            .Where(Shown).OrderByDescending(v => v.Count).ToList();
        return new(group.Id, group.Name, processes.GetValueOrDefault(group.Index), Has(query.Processes, group.Id), leaves);
    }

    private FacetValue Family(Material material, int depth)
    {
        var children = depth >= 2 ? [] : vocabulary.Members(material)
            .Select(m => Family(m, depth + 1)).Where(Shown).OrderByDescending(v => v.Count).ToList();
        return new(material.Id, material.Name, materials.GetValueOrDefault(material.Index), Has(query.Materials, material.Id), children);
    }

    private static bool Shown(FacetValue v) => v.Count > 0 || v.Selected || v.Children.Any(Shown);

    private static bool Has(IReadOnlyList<string> values, string id) => values.Contains(id, StringComparer.OrdinalIgnoreCase);
}
