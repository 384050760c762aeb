namespace MonozukuriTown.Matching;

/// <summary>
/// The search box and the facets of <c>/companies</c>. Every word of the query has to be met, by meaning or by its characters;
/// when no company meets them all, those that meet some are shown. Safe to call from many threads.
/// </summary>
public static class CompanySearch
{
    private const int FieldCount = 7;
    private static readonly float[] Boosts = [3f, 1.6f, 0.8f, 0.9f, 1.3f, 0.7f, 0.6f];

    public static SearchResult Search(CompanyCatalog catalog, SearchQuery query)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(query);
        var text = FoldedText.Of(query.Text.Trim(), 200);
        var units = SearchUnit.Split(catalog, text);
        var filter = new SearchFilter(catalog.Vocabulary, query);
        var scores = new float[catalog.Blocks.Length][];
        var sets = Matched(catalog, units, scores, all: true);
        if (units.Count > 1 && sets.TrueForAll(s => s.Count == 0))
            sets = Matched(catalog, units, scores, all: false);

        var found = new List<(int Block, int Company, float Score)>();
        var facets = new FacetCounter(catalog.Vocabulary, query);
        for (var b = 0; b < catalog.Blocks.Length; b++)
        {
            var block = catalog.Blocks[b];
            var shown = filter.Apply(block, sets[b], facets);
            for (var c = 0; c < block.Count; c++)
            {
                if (shown[c])
                    found.Add((b, c, scores[b][c]));
            }
        }
        var page = Page(catalog, query, units.Count > 0, found);
        var highlighter = new Highlighter(catalog.Vocabulary, units);
        return new()
        {
            Total = found.Count,
            Hits = [.. page.Select(f => highlighter.Hit(catalog.Blocks[f.Block].Readings[f.Company], f.Score))],
            Facets = facets.Result(),
            Understood = [.. units.SelectMany(u => Understood(catalog.Vocabulary, u))],
        };
    }

    private static List<CompanySet> Matched(CompanyCatalog catalog, List<SearchUnit> units, float[][] scores, bool all)
    {
        var sets = new List<CompanySet>();
        var scratch = new UnitScorer(catalog);
        for (var b = 0; b < catalog.Blocks.Length; b++)
        {
            var block = catalog.Blocks[b];
            scores[b] = new float[block.Count];
            var set = all || units.Count == 0 ? CompanySet.All(block.Count) : new CompanySet();
            foreach (var unit in units)
            {
                var met = scratch.Score(block, unit, scores[b]);
                if (all)
                    set.And(met);
                else
                    set.Or(met);
            }
            sets.Add(set);
        }
        return sets;
    }

    /// <summary>The companies of the page asked for, in order. Of thousands that were found only those up to this page are sorted.</summary>
    private static IEnumerable<(int Block, int Company, float Score)> Page(
        CompanyCatalog catalog, SearchQuery query, bool hasWords, List<(int Block, int Company, float Score)> found)
    {
        CompanyReading Reading((int Block, int Company, float Score) f) => catalog.Blocks[f.Block].Readings[f.Company];
        var order = Comparer<(int Block, int Company, float Score)>.Create((x, y) =>
        {
            var order = query.Sort switch
            {
                SearchSort.Relevance when hasWords => y.Score.CompareTo(x.Score),
                SearchSort.Confirmed or SearchSort.Relevance => Nullable.Compare(Reading(y).Facts.ConfirmedMonth, Reading(x).Facts.ConfirmedMonth),
                _ => 0,
            };
            if (order == 0)
                order = string.CompareOrdinal(Reading(x).KanaKey, Reading(y).KanaKey);
            return order != 0 ? order : string.CompareOrdinal(Reading(x).Facts.Key, Reading(y).Facts.Key);
        });
        var size = Math.Clamp(query.PageSize, 1, 100);
        var before = (int)Math.Min((long)(Math.Max(query.Page, 1) - 1) * size, found.Count);
        // The worst of the best so far stands at the head of the queue.
        PriorityQueue<(int Block, int Company, float Score), (int Block, int Company, float Score)> best =
            new(Comparer<(int Block, int Company, float Score)>.Create((x, y) => order.Compare(y, x)));
        foreach (var company in found)
        {
            if (best.Count < before + size)
                best.Enqueue(company, company);
            else
                best.EnqueueDequeue(company, company);
        }
        List<(int Block, int Company, float Score)> sorted = [.. best.UnorderedItems.Select(i => i.Element)];
        sorted.Sort(order);
        return sorted.Skip(before);
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
            yield return new(NeedKind.Word, "", unit.Folded, [], unit.Span);
    }

    private static List<string> Also(IReadOnlyList<string> synonyms, string typed) =>
        [.. synonyms.Where(s => !string.Equals(FoldedText.Fold(s), typed, StringComparison.Ordinal)).Take(3)];

    /// <summary>Scores one word of a query over a block.</summary>
    private sealed class UnitScorer(CompanyCatalog catalog)
    {
        private readonly float[] text = new float[CatalogBlock.MaxCompanies];
        private readonly byte[] counts = new byte[CatalogBlock.MaxCompanies];

        // The same for every block.
        private readonly Dictionary<SearchUnit, List<WeightedTerm[]>> weighted = [];

        public CompanySet Score(CatalogBlock block, SearchUnit unit, float[] scores)
        {
            var met = new CompanySet();
            foreach (var p in unit.Processes)
            {
                foreach (var posting in block.Postings(p.Index))
                {
                    var v = posting.Strength / Posting.Scale * (float)p.Weight * (posting.ByPartner ? MatchWeights.PartnerStep : 1);
                    if (v < MatchWeights.DoneStep)
                        continue;
                    met[posting.Company] = true;
                    scores[posting.Company] += 8 * v;
                }
            }
            foreach (var m in unit.Materials)
                Add(block.Facets.Materials.GetValueOrDefault(m), met, scores, block.Count, 4);
            foreach (var q in unit.Certifications)
                Add(block.Facets.Certifications.GetValueOrDefault(q), met, scores, block.Count, 4);
            if (unit.Terms.Count > 0 && !unit.IsUnknownText)
                Text(block, unit, met, scores);
            return met;
        }

        private static void Add(CompanySet? set, CompanySet met, float[] scores, int count, float score)
        {
            if (set is null)
                return;
            met.Or(set);
            for (var c = 0; c < count; c++)
            {
                if (set[c])
                    scores[c] += score;
            }
        }

        private WeightedTerm[] Weigh(int[] alternatives)
        {
            var terms = new List<WeightedTerm>();
            foreach (var id in alternatives)
            {
                for (var f = 0; f < FieldCount; f++)
                {
                    var df = catalog.DocumentFrequency((TextField)f, id);
                    if (df > 0)
                        terms.Add(new((TextField)f, id, Boosts[f] * MatchPlan.Idf(catalog.Count, df)));
                }
            }
            return [.. terms];
        }

        // All pieces of the word in one company: 研磨 is one pair of characters, 鈴音精機 three.
        private void Text(CatalogBlock block, SearchUnit unit, CompanySet met, float[] scores)
        {
            Array.Clear(counts);
            Span<float> sum = stackalloc float[CatalogBlock.MaxCompanies];
            sum.Clear();
            if (!weighted.TryGetValue(unit, out var pieces))
                weighted.Add(unit, pieces = unit.Terms.ConvertAll(Weigh));
            foreach (var terms in pieces)
            {
                Array.Clear(text);
                block.Text.Score(terms, catalog.AverageLengths, text);
                for (var c = 0; c < block.Count; c++)
                {
                    if (text[c] <= 0)
                        continue;
                    counts[c]++;
                    sum[c] += text[c];
                }
            }
            for (var c = 0; c < block.Count; c++)
            {
                if (counts[c] < unit.Terms.Count)
                    continue;
                met[c] = true;
                scores[c] += sum[c] / unit.Terms.Count;
            }
        }
    }
}
