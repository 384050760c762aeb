namespace MonozukuriTown.Matching;

/// <summary>
/// Reads an order (見積依頼) as it was written: terse or chatty, Japanese or English, and says what it understood.
/// Safe to share between threads; time grows with the length of the text alone.
/// </summary>
public sealed class RfqReader(Vocabulary vocabulary)
{
    /// <summary>Characters read of an order; the rest is ignored.</summary>
    public const int MaxLength = 20_000;

    /// <summary>Names of towns that an order may name beside those of the vocabulary; usually where the listed companies are.</summary>
    public IReadOnlyList<string> Towns
    {
        get;
        init
        {
            field = value;
            places = vocabulary.Regions.Names(value);
        }
    } = [];

    private readonly IReadOnlyList<(string Word, string Name)> places = vocabulary.Regions.Names([]);

    /// <summary>The town's date, which 来月末 or 12/10 are counted from.</summary>
    public DateOnly Today { get; init; } = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);

    /// <summary>Reads free text, with the optional fields of a form.</summary>
    public RfqNeed Read(string text, RfqForm? form = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = new OrderReading(vocabulary, places, text) { Today = Today };
        var facts = reading.Read(form);
        return NeedBuilder.Build(vocabulary, text, facts) with { Understood = reading.Understood(), Parts = Parts(text, facts) };
    }

    // Each of several things in one order is read by itself: its figures and its material bind nobody else's work.
    private List<RfqNeed> Parts(string text, List<NeedFact> whole)
    {
        var folded = FoldedText.Of(text);
        var ranges = OrderParts.Find(folded).ConvertAll(r => new TextSpan(folded.OriginalStart(r.From), folded.OriginalStart(r.To)));
        var parts = new List<(List<NeedFact> Facts, double Understood)>();
        foreach (var (start, end) in ranges)
        {
            var reading = new OrderReading(vocabulary, places, text[start..end]) { Today = Today };
            var facts = reading.Read(null);
            // What is said to be done or not wanted holds for all.
            facts.RemoveAll(f => f.Kind == NeedKind.Process && f.InferredFrom is not null && whole.Exists(w => w.Kind == NeedKind.Excluded && f.Value.StartsWith(w.Value, StringComparison.Ordinal)));
            if (facts.Exists(f => f.Kind == NeedKind.Process) && facts.Exists(f => f.Kind is NeedKind.Material or NeedKind.Size or NeedKind.Diameter or NeedKind.Thickness or NeedKind.Quantity))
                parts.Add(([.. facts.Select(f => f.Span is { } s ? f with { Span = new(s.Start + start, s.End + start) } : f)], reading.Understood()));
        }
        if (parts.Count < 2)
            return [];
        Around(text, ranges, parts);
        // 材質はすべて…, 各50個, the fields of a form: what no part says for itself is said for all of them.
        var said = parts.SelectMany(p => p.Facts).Where(f => f.InferredFrom is null).Select(f => f.Kind).ToHashSet();
        foreach (var fact in whole)
        {
            if (fact.InferredFrom is null && !said.Contains(fact.Kind) && IsForAll(fact, ranges))
                parts.ForEach(p => p.Facts.Add(fact));
        }
        return parts.ConvertAll(p => NeedBuilder.Build(vocabulary, text, p.Facts) with { Understood = p.Understood });
    }

    // マスキング治具で困っております … (A) … (B) …: work that is asked for before or behind the list, and in none of its parts.
    private void Around(string text, List<TextSpan> ranges, List<(List<NeedFact> Facts, double Understood)> parts)
    {
        foreach (var (start, end) in new[] { new TextSpan(0, ranges[0].Start), new TextSpan(ranges[^1].End, text.Length) })
        {
            if (end - start < 8)
                continue;
            var reading = new OrderReading(vocabulary, places, text[start..end]) { Today = Today };
            var facts = reading.Read(null);
            facts.RemoveAll(f => f.Kind == NeedKind.Process && !(f.InferredFrom is null && f.Sureness >= MatchWeights.ClearWord && vocabulary.FindProcess(Best(f)!) is { } p && !p.Is(ProcessTraits.Finish | ProcessTraits.Common | ProcessTraits.Detail) && vocabulary.GroupOf(p.Index) is not ("sys" or "soft")));
            if (!facts.Exists(f => f.Kind == NeedKind.Process && !parts.Exists(p => p.Facts.Exists(o => o.Kind == NeedKind.Process && string.Equals(Best(o), Best(f), StringComparison.Ordinal)))))
                continue;
            parts.Add(([.. facts.Select(f => f.Span is { } s ? f with { Span = new(s.Start + start, s.End + start) } : f)], reading.Understood()));
        }
    }

    private static string? Best(NeedFact f) => f.Kind == NeedKind.Process ? f.Value.Split('|')[0].Split(':')[0] : null;

    private static bool IsForAll(NeedFact fact, List<TextSpan> parts) => fact.Span is not { } span
        ? fact.Kind is NeedKind.Material or NeedKind.Quantity or NeedKind.Size or NeedKind.Diameter or NeedKind.Thickness or NeedKind.Tolerance or NeedKind.Roughness or NeedKind.Weight
        : fact.Kind is NeedKind.Material or NeedKind.Quantity or NeedKind.Thickness or NeedKind.Tolerance && !parts.Exists(p => span.Start < p.End && span.End > p.Start);

    // What was read stays divided as long as the buyer only took facts away, or added what holds for every part.
    private List<RfqNeed> PartsOf(string text, List<NeedFact> kept)
    {
        if (OrderParts.Find(FoldedText.Of(text)).Count < 2)
            return [];
        var read = new OrderReading(vocabulary, places, text) { Today = Today }.Read(null);
        if (kept.Exists(f => f.Kind is NeedKind.Process or NeedKind.Excluded && !read.Exists(r => Same(r, f))))
            return [];
        var dropped = read.FindAll(r => !kept.Exists(f => Same(r, f)));
        var parts = Parts(text, kept).ConvertAll(p => NeedBuilder.Build(vocabulary, text, [.. p.Facts.Where(f => !dropped.Exists(d => Same(d, f) || Best(d) is { } best && string.Equals(best, Best(f), StringComparison.Ordinal)))]) with { Understood = p.Understood });
        parts.RemoveAll(p => p.Steps.Count == 0);
        return parts.Count > 1 ? parts : [];

        static bool Same(NeedFact a, NeedFact b) => a.Kind == b.Kind && string.Equals(a.Value, b.Value, StringComparison.Ordinal);
    }

    /// <summary>
    /// The need as the buyer corrected it: only what the chips say counts. A chip without <c>=</c> is read as words of an order
    /// and its facts are added, so that a buyer can type 研磨 into a box. Chips that name nothing known are dropped.
    /// </summary>
    public RfqNeed FromChips(string text, IEnumerable<string> chips)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(chips);
        var facts = new List<NeedFact>();
        foreach (var chip in chips)
        {
            if (string.IsNullOrWhiteSpace(chip))
                continue;
            if (NeedChip.Read(chip) is not { } fact)
            {
                foreach (var added in new OrderReading(vocabulary, places, chip) { Today = Today }.Read(null))
                    facts.Add(added with { Span = null });
                continue;
            }
            if (fact.Span is { } span && span.End > text.Length)
                fact = fact with { Span = null };
            if (NeedBuilder.Label(vocabulary, fact.Kind, fact.Value, fact.IsWish) is { } label)
                facts.Add(fact with { Label = label });
        }
        return NeedBuilder.Build(vocabulary, text, facts) with { Parts = PartsOf(text, facts) };
    }
}
