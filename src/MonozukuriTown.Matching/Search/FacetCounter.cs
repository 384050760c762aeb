using System.Runtime.InteropServices;

namespace MonozukuriTown.Matching;

/// <summary>
/// Adds up facet counts over the blocks and lays them out for the page. What lies below a process group, or more than one step below
/// the head of a material family, shows only while something of the facet is chosen, and is counted only then.
/// </summary>
internal sealed class FacetCounter
{
    private readonly Vocabulary vocabulary;
    private readonly SearchQuery query;
    private readonly bool deepProcesses;
    private readonly bool deepMaterials;
    private readonly int[] processes;
    private readonly int[] materials;
    private readonly int[] certifications;
    private readonly int[] found;
    private readonly Dictionary<string, int> towns = new(StringComparer.Ordinal);
    private readonly int[] employees = new int[EmployeeClass.All.Count];
    private int meister;
    private int visits;

    public FacetCounter(Vocabulary vocabulary, SearchQuery query)
    {
        this.vocabulary = vocabulary;
        this.query = query;
        deepProcesses = query.Processes.Count > 0;
        deepMaterials = query.Materials.Count > 0;
        processes = new int[vocabulary.Processes.Count];
        materials = new int[vocabulary.Materials.Count];
        certifications = new int[vocabulary.Certifications.Count];
        found = new int[CatalogBlock.MaxCompanies];
    }

    public void Count(FacetKind kind, BlockFacets facets, CompanySet set)
    {
        var n = set.Count;
        switch (kind)
        {
            case FacetKind.Process:
                Add(facets.ProcessCounts, set, n, processes);
                if (deepProcesses)
                    Add(facets.Processes, facets.ProcessCounts.Keys, set, processes);
                break;
            case FacetKind.Material:
                Add(facets.MaterialCounts, set, n, materials);
                if (deepMaterials)
                    Add(facets.Materials, facets.MaterialCounts.Keys, set, materials);
                break;
            case FacetKind.Certification:
                Add(facets.CertificationCounts, set, n, certifications);
                break;
            case FacetKind.Town:
                var counted = facets.TownCounts.Count(set, n, found);
                for (var v = 0; v < counted.Length; v++)
                {
                    if (counted[v] > 0)
                        CollectionsMarshal.GetValueRefOrAddDefault(towns, facets.TownCounts.Keys[v], out _) += counted[v];
                }
                break;
            case FacetKind.Employees:
                Add(facets.EmployeeCounts, set, n, employees);
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
        Processes = Shown(vocabulary.ProcessGroups, Group),
        Materials = Shown(vocabulary.Members(null), m => Family(m, 0)),
        Certifications = ByCount(Shown(vocabulary.Certifications, c => Value(c.Id, c.Name, certifications[c.Index], query.Certifications, []))),
        Towns = Towns(),
        EmployeeClasses = Shown(Enumerable.Range(0, employees.Length), i => Value(EmployeeClass.All[i].Id, EmployeeClass.All[i].Label, employees[i], query.EmployeeClasses, [])),
        Awarded = meister,
        VisitsWelcome = visits,
    };

    private void Add(FacetColumn<int> column, CompanySet set, int n, int[] counts)
    {
        var counted = column.Count(set, n, found);
        for (var v = 0; v < counted.Length; v++)
            counts[column.Keys[v]] += counted[v];
    }

    private static void Add(Dictionary<int, CompanySet> all, int[] counted, CompanySet set, int[] counts)
    {
        foreach (var (key, having) in all)
        {
            if (Array.IndexOf(counted, key) < 0)
                counts[key] += having.CountAnd(set);
        }
    }

    private FacetValue? Group(Process group) => Value(group.Id, group.Name, processes[group.Index], query.Processes,
        deepProcesses ? ByCount(Shown(vocabulary.Leaves(group), p => Value(p.Id, p.Name, processes[p.Index], query.Processes, []))) : []);

    // Whoever has a member of the family has the family: without any there is nothing below it, unless it is chosen.
    private FacetValue? Family(Material material, int depth) => Value(material.Id, material.Name, materials[material.Index], query.Materials,
        depth < (deepMaterials ? 2 : 1) && (deepMaterials || materials[material.Index] > 0) ? ByCount(Shown(vocabulary.Members(material), m => Family(m, depth + 1))) : []);

    // What nobody has shows only when it, or something below it, is chosen.
    private static FacetValue? Value(string id, string label, int count, IReadOnlyList<string> chosen, List<FacetValue> children) =>
        Has(chosen, id) is var selected && (selected || count > 0 || children.Count > 0) ? new(id, label, count, selected, children) : null;

    private List<FacetValue> Towns()
    {
        List<FacetValue> values = new(towns.Count);
        foreach (var (town, n) in towns)
            values.Add(new(town, town, n, Has(query.Towns, town), []));
        values.Sort((x, y) => x.Count != y.Count ? y.Count.CompareTo(x.Count) : string.CompareOrdinal(x.Id, y.Id));
        return values;
    }

    private static List<FacetValue> Shown<T>(IEnumerable<T> items, Func<T, FacetValue?> value)
    {
        List<FacetValue> shown = [];
        foreach (var item in items)
        {
            if (value(item) is { } v)
                shown.Add(v);
        }
        return shown;
    }

    // Ties stay in the order of the vocabulary.
    private static List<FacetValue> ByCount(List<FacetValue> values) => values.Count < 2 ? values : [.. values.OrderByDescending(v => v.Count)];

    private static bool Has(IReadOnlyList<string> values, string id) => values.Count > 0 && values.Contains(id, StringComparer.OrdinalIgnoreCase);
}
