namespace MonozukuriTown.Matching;

/// <summary>
/// The search box and the facets of <c>/companies</c>. Every word of the query has to be met: by meaning, by its characters, by a
/// company's name as it is written or sounds, or by a machine's model. When no company meets them all, a slip of the fingers is
/// looked for; when there is none, those that meet some words are shown. Safe to call from many threads.
/// </summary>
public static class CompanySearch
{
    /// <summary>Characters of a query that are read.</summary>
    public const int LongestText = 200;

    public static SearchResult Search(CompanyCatalog catalog, SearchQuery query)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(query);
        var pass = new SearchPass(catalog, SearchWords.Of(catalog, query.Text.Trim()));
        var runs = pass.Words.Runs;
        string? corrected = null;
        string? suggested = null;
        IReadOnlyList<string> missing = [];
        if (runs.Count > 0 && pass.Total == 0)
        {
            if (Spelling.Correct(catalog, pass) is { } better)
            {
                pass = better;
                corrected = better.Words.Text.Original;
            }
            else if (runs.Count > 1)
            {
                missing = [.. runs.Where((r, i) => pass.RunCounts[i] == 0 && !r.IsFigure).Select(r => r.Typed)];
                pass.Widen();
            }
        }
        else if (runs.Count > 0)
        {
            suggested = Spelling.Suggest(catalog, pass);
        }

        var filter = new SearchFilter(catalog.Vocabulary, query);
        var facets = new FacetCounter(catalog.Vocabulary, query);
        var shown = new CompanySet[catalog.Blocks.Length];
        var total = 0;
        for (var b = 0; b < shown.Length; b++)
        {
            shown[b] = filter.Apply(catalog.Blocks[b], pass.Sets[b], facets);
            total += shown[b].Count;
        }
        var size = Math.Clamp(query.PageSize, 1, 100);
        var sort = query.Sort == SearchSort.Relevance && runs.Count == 0 ? SearchSort.Confirmed : query.Sort;
        var highlighter = new Highlighter(catalog.Vocabulary, pass.Words);
        List<SearchHit> hits = new(size);
        foreach (var found in Page(catalog, shown, pass.Scores, total, sort, Math.Max(query.Page, 1), size))
            hits.Add(highlighter.Hit(found.Reading, found.Score));
        return new()
        {
            Total = total,
            Hits = hits,
            Facets = facets.Result(),
            Understood = [.. pass.Words.Runs.SelectMany(r => r.Units).SelectMany(u => Understood(catalog.Vocabulary, u))],
            CorrectedTo = corrected,
            Suggestion = suggested,
            Missing = missing,
            Figures = [.. pass.Words.Runs.Where(r => r.IsFigure).Select(r => r.Typed)],
        };
    }

    // What the order goes by first: the higher number leads.
    private static float Lead(SearchSort sort, CompanyReading reading, float score) => sort switch
    {
        SearchSort.Relevance => score,
        SearchSort.Confirmed => reading.Facts.ConfirmedMonth?.DayNumber ?? -1,
        _ => 0,
    };

    // The first pages, which nearly everybody looks at, need no order of all the rest: what can't come on them any more is left out early.
    private static ReadOnlySpan<Found> Page(CompanyCatalog catalog, CompanySet[] shown, float[][] scores, int total, SearchSort sort, int page, int size)
    {
        if (page - 1L > total / size)
            return [];
        var needed = Math.Min(page * size, total);
        var best = new Found[Math.Min(total, needed * 2)];
        var count = 0;
        Found? last = null;
        var least = float.NegativeInfinity;
        for (var b = 0; b < shown.Length; b++)
        {
            var readings = catalog.Blocks[b].Readings;
            foreach (var c in shown[b])
            {
                var lead = Lead(sort, readings[c], scores[b][c]);
                if (lead < least)
                    continue;
                var found = new Found(readings[c], lead, scores[b][c]);
                if (last is { } end && Order(found, end) > 0)
                    continue;
                best[count++] = found;
                if (count == best.Length && count > needed)
                {
                    best.AsSpan(0, count).Sort(Order);
                    count = needed;
                    last = best[count - 1];
                    least = last.Value.Lead;
                }
            }
        }
        best.AsSpan(0, count).Sort(Order);
        return best.AsSpan(((page - 1) * size)..needed);
    }

    private static IEnumerable<UnderstoodWord> Understood(Vocabulary vocabulary, SearchUnit unit)
    {
        var any = false;
        foreach (var p in unit.Processes.OrderByDescending(p => p.Weight))
        {
            any = true;
            var process = vocabulary.Processes[p.Index];
            yield return new(NeedKind.Process, process.Id, process.Name, Also(process.Synonyms, unit.Folded), unit.Span);
        }
        foreach (var m in unit.Materials)
        {
            any = true;
            var material = vocabulary.Materials[m];
            yield return new(NeedKind.Material, material.Id, material.Name, Also(material.Synonyms, unit.Folded), unit.Span);
        }
        foreach (var c in unit.Certifications)
        {
            any = true;
            var certification = vocabulary.Certifications[c];
            yield return new(NeedKind.Certification, certification.Id, certification.Name, Also(certification.Synonyms, unit.Folded), unit.Span);
        }
        if (!any)
            yield return new(NeedKind.Word, "", unit.Typed, [], unit.Span);
    }

    private static List<string> Also(IReadOnlyList<string> synonyms, string typed) =>
        [.. synonyms.Where(s => !string.Equals(FoldedText.Fold(s), typed, StringComparison.Ordinal)).Take(3)];

    private static int Order(Found x, Found y)
    {
        var order = y.Lead.CompareTo(x.Lead);
        if (order == 0)
            order = string.CompareOrdinal(x.Reading.KanaKey, y.Reading.KanaKey);
        return order != 0 ? order : string.CompareOrdinal(x.Reading.Facts.Key, y.Reading.Facts.Key);
    }

    private readonly record struct Found(CompanyReading Reading, float Lead, float Score);
}
