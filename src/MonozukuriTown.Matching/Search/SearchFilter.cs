namespace MonozukuriTown.Matching;

/// <summary>The chosen facet values as sets: values of one facet widen, facets narrow each other.</summary>
internal sealed class SearchFilter
{
    private static readonly FacetKind[] Kinds = Enum.GetValues<FacetKind>();

    private readonly List<(FacetKind Kind, Func<BlockFacets, CompanySet> Set)> chosen = [];

    public SearchFilter(Vocabulary vocabulary, SearchQuery query)
    {
        var processes = query.Processes.Select(vocabulary.FindProcess).OfType<Process>().Select(p => p.Index).ToList();
        var materials = query.Materials.Select(vocabulary.FindMaterial).OfType<Material>().Select(m => m.Index).ToList();
        var certifications = query.Certifications.Select(vocabulary.FindCertification).OfType<Certification>().Select(c => c.Index).ToList();
        // A value that nobody knows (an old address) shows nothing rather than everything.
        if (query.Processes.Count > 0)
            chosen.Add((FacetKind.Process, f => Any(processes.Select(f.Processes.GetValueOrDefault))));
        if (query.Materials.Count > 0)
            chosen.Add((FacetKind.Material, f => Any(materials.Select(f.Materials.GetValueOrDefault))));
        if (query.Certifications.Count > 0)
            chosen.Add((FacetKind.Certification, f => Any(certifications.Select(f.Certifications.GetValueOrDefault))));
        if (query.Towns.Count > 0)
            chosen.Add((FacetKind.Town, f => Any(query.Towns.Select(f.Towns.GetValueOrDefault))));
        if (query.EmployeeClasses.Count > 0)
            chosen.Add((FacetKind.Employees, f => Any(EmployeeClass.Find(query.EmployeeClasses).Select(f.EmployeeClasses.GetValueOrDefault))));
        if (query.Meister)
            chosen.Add((FacetKind.Meister, f => f.Meister));
        if (query.VisitsWelcome)
            chosen.Add((FacetKind.Visits, f => f.VisitsWelcome));
    }

    /// <summary>What remains of a block; counts its facets, each without its own choice.</summary>
    public CompanySet Apply(CatalogBlock block, CompanySet matched, FacetCounter counter)
    {
        // Nothing matched: nothing to count.
        if (matched.Count == 0)
            return matched;
        if (chosen.Count == 0)
        {
            foreach (var kind in Kinds)
                counter.Count(kind, block.Facets, matched);
            return matched;
        }
        var sets = chosen.ConvertAll(c => (c.Kind, Set: c.Set(block.Facets)));
        foreach (var kind in Kinds)
        {
            if (sets.TrueForAll(s => s.Kind == kind))
            {
                counter.Count(kind, block.Facets, matched);
                continue;
            }
            var others = Copy(matched);
            foreach (var (k, set) in sets)
            {
                if (k != kind)
                    others.And(set);
            }
            counter.Count(kind, block.Facets, others);
        }
        var all = Copy(matched);
        foreach (var (_, set) in sets)
            all.And(set);
        return all;
    }

    private static CompanySet Copy(CompanySet set)
    {
        var copy = new CompanySet();
        copy.Or(set);
        return copy;
    }

    private static CompanySet Any(IEnumerable<CompanySet?> sets)
    {
        var any = new CompanySet();
        foreach (var set in sets)
        {
            if (set is not null)
                any.Or(set);
        }
        return any;
    }
}

internal enum FacetKind
{
    Process,
    Material,
    Certification,
    Town,
    Employees,
    Meister,
    Visits,
}
