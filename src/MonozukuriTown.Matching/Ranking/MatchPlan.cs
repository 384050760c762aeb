namespace MonozukuriTown.Matching;

/// <summary>A need prepared for one catalog: everything that is the same for every company is worked out once.</summary>
internal sealed class MatchPlan
{
    private static readonly (TextField Field, float Boost)[] Boosts =
    [
        (TextField.Process, 1.2f), (TextField.Product, 1.4f), (TextField.Text, 1f), (TextField.Equipment, 0.6f), (TextField.Material, 0.5f),
    ];

    private const int MaxTerms = 48;

    // Number of the term + 1 by a hash of it and its field; far more slots than terms.
    private readonly byte[] slots = new byte[256];

    public MatchPlan(CompanyCatalog catalog, RfqNeed need, bool forStaff = false)
    {
        Catalog = catalog;
        ForStaff = forStaff;
        Need = need;
        var vocabulary = catalog.Vocabulary;
        Steps = [.. need.Steps.Select(s => new PlannedStep(vocabulary, s, Rarity(catalog, s)))];
        var said = Array.Exists(Steps, s => s.Step.Fact.InferredFrom is null || s.Step.Fact.Sureness >= MatchWeights.SureFact);
        var makes = Array.Exists(Steps, s => !s.IsFinish && !s.IsCommon);
        foreach (var step in Steps)
        {
            step.IsSoft = step.Step.Fact.IsWish || said && step.Step.Fact.InferredFrom is not null && step.Step.Fact.Sureness < MatchWeights.SureFact
                || Array.Exists(Steps, s => s != step && vocabulary.Includes(s.Step.Processes[0].Process, step.Step.Processes[0].Process) && !vocabulary.Includes(step.Step.Processes[0].Process, s.Step.Processes[0].Process));
            // Whoever makes the piece can have it finished; the other way round is seldom.
            if (makes && (step.IsFinish || step.IsCommon))
                step.Weight *= MatchWeights.FinishBesideMaking;
        }
        IsMaterialAssumed = need.Materials.Count == 0 && Assumed(vocabulary, need) is not null;
        MaterialScores = IsMaterialAssumed ? [Scores(vocabulary, [Assumed(vocabulary, need)!.Value])] : [.. need.Materials.Select(set => Scores(vocabulary, set))];
        MaterialSureness = IsMaterialAssumed ? MatchWeights.AssumedMaterial : (float)need.Facts.Where(f => f.Kind == NeedKind.Material).Select(f => f.Sureness).DefaultIfEmpty(1).Average();
        var certifications = need.Facts.Where(f => f.Kind == NeedKind.Certification)
            .Select(f => (Certification: vocabulary.FindCertification(f.Value), f.IsWish)).Where(x => x.Certification is not null).ToList();
        Required = [.. certifications.Where(x => !x.IsWish).Select(x => x.Certification!.Index)];
        Wished = [.. certifications.Where(x => x.IsWish).Select(x => x.Certification!.Index)];
        Region = need.Facts.FirstOrDefault(f => f.Kind == NeedKind.Region)?.Value;
        var rhythm = need.Facts.FirstOrDefault(f => f.Kind == NeedKind.Quantity)?.Value;
        // A year's need comes in monthly lots; what is needed every day adds up to them.
        var perMonth = rhythm is null ? 1 : rhythm.EndsWith("/year", StringComparison.Ordinal) ? 1 / 12.0 : rhythm.EndsWith("/day", StringComparison.Ordinal) ? 20 : 1;
        // A trial before production may be made by whoever is at home with either number.
        LotForLeast = (float)((need.QuantityLater ?? need.Quantity ?? double.NaN) * Math.Max(perMonth, 1));
        LotForMost = (float)((need.Quantity ?? double.NaN) * perMonth);
        Longest = Length(0);
        Middle = Length(1);
        Shortest = Length(2);
        Terms = TextTerms(catalog, need);
        for (var i = 0; i < Terms.Length; i++)
        {
            var slot = Slot(Terms[i].Field, Terms[i].Term);
            while (slots[slot] != 0)
                slot = (slot + 1) % slots.Length;
            slots[slot] = (byte)(i + 1);
        }
        MaterialMatters = Steps.Length == 0 || Array.Exists(Steps, s => !s.AnyMaterial);
        foreach (var step in Steps)
            step.Asked = HardFacts.Asked(this, step);
        // A guess beside a word that leaves several ways open (溶接, 放電 … 直したい) makes no sure reading.
        var clear = Array.Exists(Steps, s => s.Step.Fact.InferredFrom is null && s.Step.Fact.Sureness >= MatchWeights.ClearWord);
        IsSure = Array.TrueForAll(Steps, s => clear && s.IsSoft || s.Step.Fact.IsWish || s.Step.Fact.Sureness >= MatchWeights.SureFact)
            && (need.Understood >= MatchWeights.WellUnderstood || Array.TrueForAll(Steps, s => s.IsSoft || s.Step.Fact.InferredFrom is null));
    }

    public bool MaterialMatters { get; }

    /// <summary>No material was named; that of the main step's trade is taken, for the order of the list only.</summary>
    public bool IsMaterialAssumed { get; }

    // Whoever says 旋盤 and no material means metal.
    private static int? Assumed(Vocabulary vocabulary, RfqNeed need)
    {
        foreach (var step in need.Steps)
        {
            if (vocabulary.Processes[step.Processes[0].Process].Works is [var main, ..])
                return main.Weight >= 1 ? main.Index : null;
        }
        return null;
    }

    /// <summary>Every step was said, not guessed.</summary>
    public bool IsSure { get; }

    public CompanyCatalog Catalog { get; }

    public RfqNeed Need { get; }

    /// <summary>Machines speak before their company was told of it.</summary>
    public bool ForStaff { get; }

    public PlannedStep[] Steps { get; }

    /// <summary>For each demanded material the kinship of every material to it.</summary>
    public float[][] MaterialScores { get; }

    public float MaterialSureness { get; }

    public int[] Required { get; }

    public int[] Wished { get; }

    public string? Region { get; }

    public float LotForLeast { get; }

    public float LotForMost { get; }

    public float Longest { get; }

    public float Middle { get; }

    public float Shortest { get; }

    public WeightedTerm[] Terms { get; }

    /// <summary>The order's fact by which a kind of demand is judged: of several sizes the largest, of several tolerances the finest.</summary>
    /// <param name="least">The smallest instead: what is too thin for the row.</param>
    public NeedFact? Deciding(NeedKind kind, bool least = false)
    {
        var facts = Need.Facts.Where(f => f.Kind == kind);
        return kind switch
        {
            NeedKind.Tolerance or NeedKind.Roughness => facts.MinBy(f => NeedBuilder.Number(f.Value)),
            NeedKind.Size or NeedKind.Diameter or NeedKind.Thickness or NeedKind.Weight =>
                least ? facts.MinBy(f => Longest(f)) : facts.MaxBy(f => Longest(f)),
            _ => facts.FirstOrDefault(),
        };

        static double Longest(NeedFact fact) => NeedBuilder.Lengths(fact.Value).FirstOrDefault();
    }

    private float Length(int i) => i < Need.Size.Count ? (float)Need.Size[i] : float.NaN;

    private static float[] Scores(Vocabulary vocabulary, IReadOnlyList<int> wanted)
    {
        var scores = new float[vocabulary.Materials.Count];
        for (var stated = 0; stated < scores.Length; stated++)
        {
            for (var i = 0; i < wanted.Count; i++)
                scores[stated] = Math.Max(scores[stated], vocabulary.Kinship.Of(wanted[i], stated) * (i == 0 ? 1 : MatchWeights.OtherMaterial));
        }
        return scores;
    }

    // What few can do decides more than what many can.
    private static float Rarity(CompanyCatalog catalog, NeedStep step)
    {
        var able = 1;
        foreach (var (process, weight) in step.Processes)
        {
            if (weight >= MatchWeights.ClearWay)
                able = Math.Max(able, catalog.ProcessCounts[process]);
        }
        return 1 + MatchWeights.Rarity * MathF.Log(Math.Max(1, (float)catalog.Count / able));
    }

    private static WeightedTerm[] TextTerms(CompanyCatalog catalog, RfqNeed need)
    {
        var text = FoldedText.Of(need.Text, 2000);
        var seen = new HashSet<int>();
        var terms = new List<WeightedTerm>();
        foreach (var (start, end) in TextAnalyzer.Pieces(text))
        {
            if (terms.Count >= 160)
                break;
            if (Particle(text, start, end))
                continue;
            var id = catalog.Terms.Find(text.Folded.AsSpan(start, end - start));
            if (id < 0 || !seen.Add(id))
                continue;
            foreach (var (field, boost) in Boosts)
            {
                var df = catalog.DocumentFrequency(field, id);
                // What every twelfth company says tells nothing apart.
                if (df == 0 || df > 12 && df > catalog.Count / 12)
                    continue;
                terms.Add(new(field, id, boost * Idf(catalog.Count, df)));
            }
        }
        // The rarest words tell most; the rest only cost time.
        return [.. terms.OrderByDescending(t => t.Weight).Take(MaxTerms)];
    }

    /// <summary>BM25 of one company's text, the same as the index gives.</summary>
    public float TextScore(TextDocument text)
    {
        // The document is run through once; a lookup for each of the terms would search it each time.
        Span<int> counts = stackalloc int[MaxTerms];
        foreach (ref readonly var t in text.Terms)
        {
            for (var slot = Slot(t.Field, t.Term); slots[slot] != 0; slot = (slot + 1) % slots.Length)
            {
                var i = slots[slot] - 1;
                if (Terms[i].Term == t.Term && Terms[i].Field == t.Field)
                    counts[i] = t.Count;
            }
        }
        float score = 0;
        for (var i = 0; i < Terms.Length; i++)
        {
            var field = (int)Terms[i].Field;
            if (counts[i] > 0)
                score += Bm25.Score(Terms[i].Weight, counts[i], text.Lengths[field], Catalog.AverageLengths[field]);
        }
        return score;
    }

    private static int Slot(TextField field, int term) => (int)((uint)(term * TextDocument.FieldCount + (int)field) * 2654435769u >> 24);

    public static float Idf(int count, int df) => MathF.Log(1 + (count - df + 0.5f) / (df + 0.5f));

    // Two kana written in hiragana are grammar; one with a kanji may be a word.
    private static bool Particle(FoldedText text, int start, int end)
    {
        if (char.IsAsciiDigit(text[start]))
            return true;
        for (var i = start; i < end; i++)
        {
            if (!FoldedText.IsHiragana(text.Written(i)))
                return false;
        }
        return true;
    }
}

/// <summary>One step with what is the same for every company.</summary>
internal sealed class PlannedStep
{
    public PlannedStep(Vocabulary vocabulary, NeedStep step, float rarity)
    {
        Step = step;
        Alternatives = [.. step.Processes.Select(p => (p.Process, (float)p.Weight))];
        OtherWays = Others(vocabulary, Alternatives);
        Weight = (float)Math.Max(step.Fact.Sureness, MatchWeights.LeastSureness) * rarity;
        var best = vocabulary.Processes[step.Processes[0].Process];
        MeasuresThickness = best.Is(ProcessTraits.Thickness);
        MeasuresTolerance = best.Is(ProcessTraits.Tolerance);
        MeasuresDiameter = best.Is(ProcessTraits.Diameter);
        FlatMachine = best.Is(ProcessTraits.Flat);
        IsCommon = best.Is(ProcessTraits.Common);
        IsTool = best.Is(ProcessTraits.Tool);
        IsFinish = best.Is(ProcessTraits.Finish);
        AnyMaterial = step.Processes.All(p => p.Weight < 0.5 || vocabulary.Processes[p.Process].Is(ProcessTraits.AnyMaterial));
        IsBroad = step.Fact.InferredFrom is not null && Alternatives.Length >= 3;
        Ways = Alternatives.Sum(a => a.Weight);
    }

    public NeedStep Step { get; }

    public (int Process, float Weight)[] Alternatives { get; }

    /// <summary>All processes by which it may be done, those of a group one by one; none when there is but one.</summary>
    public (int Process, float Weight)[] OtherWays { get; }

    private static (int Process, float Weight)[] Others(Vocabulary vocabulary, (int Process, float Weight)[] alternatives)
    {
        var ways = new List<(int Process, float Weight)>();
        foreach (var (process, weight) in alternatives)
        {
            ways.Add((process, weight));
            if (vocabulary.Processes[process].IsGroup)
                ways.AddRange(vocabulary.Leaves(vocabulary.Processes[process]).Select(leaf => (leaf.Index, weight * MatchWeights.LeafForGroup)));
        }
        return ways.Count < 2 ? [] : [.. ways.Where(w => w.Weight >= MatchWeights.DoneStep).OrderByDescending(w => w.Weight).DistinctBy(w => w.Process)];
    }

    public float Weight { get; set; }

    /// <summary>Concluded from the thing itself that it has to be made: whoever only finishes it is asked.</summary>
    public bool IsOpenMaking => IsSoft && !IsFinish && !IsCommon && !AnyMaterial && Step.Fact is { InferredFrom: not null, Span: not null };

    /// <summary>Only concluded, beside what was said: who does it serves better, who doesn't is not ruled out.</summary>
    public bool IsSoft { get; set; }

    /// <summary>What the order demands of it that limits can break.</summary>
    public Demands Asked { get; set; }

    public bool MeasuresThickness { get; }

    public bool MeasuresTolerance { get; }

    public bool FlatMachine { get; }

    public bool MeasuresDiameter { get; }

    /// <summary>Inferred from an object: who does more of what it may take serves better.</summary>
    public bool IsBroad { get; }

    public float Ways { get; }

    /// <summary>Small work that whoever does the rest usually does as well, though few list it.</summary>
    public bool IsCommon { get; }

    public bool IsFinish { get; }

    /// <summary>The pieces of the order are what it makes: its maker's lot doesn't count.</summary>
    public bool IsTool { get; }

    /// <summary>A machine for plastic parts is not made of plastic, and nobody measures steel better than brass.</summary>
    public bool AnyMaterial { get; }
}
