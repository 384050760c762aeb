namespace MonozukuriTown.Matching;

/// <summary>A need prepared for one catalog: everything that is the same for every company is worked out once.</summary>
internal sealed class MatchPlan
{
    private static readonly (TextField Field, float Boost)[] Boosts =
    [
        (TextField.Process, 1.2f), (TextField.Product, 1.4f), (TextField.Text, 1f), (TextField.Equipment, 0.6f), (TextField.Material, 0.5f),
    ];

    private const int MaxTerms = 48;

    public MatchPlan(CompanyCatalog catalog, RfqNeed need, bool forStaff = false)
    {
        Catalog = catalog;
        ForStaff = forStaff;
        Need = need;
        var vocabulary = catalog.Vocabulary;
        Steps = [.. need.Steps.Select(s => new PlannedStep(vocabulary, s, Rarity(catalog, s)))];
        MaterialScores = [.. need.Materials.Select(set => Scores(vocabulary, set))];
        MaterialSureness = (float)need.Facts.Where(f => f.Kind == NeedKind.Material).Select(f => f.Sureness).DefaultIfEmpty(1).Average();
        var certifications = need.Facts.Where(f => f.Kind == NeedKind.Certification)
            .Select(f => (Certification: vocabulary.FindCertification(f.Value), f.IsWish)).Where(x => x.Certification is not null).ToList();
        Required = [.. certifications.Where(x => !x.IsWish).Select(x => x.Certification!.Index)];
        Wished = [.. certifications.Where(x => x.IsWish).Select(x => x.Certification!.Index)];
        Region = need.Facts.FirstOrDefault(f => f.Kind == NeedKind.Region)?.Value;
        var rhythm = need.Facts.FirstOrDefault(f => f.Kind == NeedKind.Quantity)?.Value;
        // A year's need comes in monthly lots; what is needed every day adds up to them.
        var perMonth = rhythm is null ? 1 : rhythm.EndsWith("/year", StringComparison.Ordinal) ? 1 / 12.0 : rhythm.EndsWith("/day", StringComparison.Ordinal) ? 20 : 1;
        LotForLeast = (float)((need.Quantity ?? double.NaN) * Math.Max(perMonth, 1));
        LotForMost = (float)((need.Quantity ?? double.NaN) * perMonth);
        Longest = Length(0);
        Middle = Length(1);
        Shortest = Length(2);
        Thread = need.Steps.Any(s => vocabulary.Processes[s.Processes[0].Process].Id is "fast.bolt" or "fast.screw" or "fast.nut");
        Terms = TextTerms(catalog, need);
        // A machine for plastic parts is not made of plastic, and nobody measures steel better than brass.
        MaterialMatters = Steps.Length == 0 || Array.Exists(Steps, s => s.Group is not ("elec" or "sys") || s.Id is "sys.print3d" or "sys.metal3d" or "sys.proto" or "sys.food" or "sys.medical");
        IsSure = Array.TrueForAll(Steps, s => s.Step.Fact.Sureness >= 0.6);
    }

    public bool MaterialMatters { get; }

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

    public bool Thread { get; }

    public WeightedTerm[] Terms { get; }

    private float Length(int i) => i < Need.Size.Count ? (float)Need.Size[i] : float.NaN;

    private static float[] Scores(Vocabulary vocabulary, IReadOnlyList<int> wanted)
    {
        var scores = new float[vocabulary.Materials.Count];
        for (var stated = 0; stated < scores.Length; stated++)
        {
            for (var i = 0; i < wanted.Count; i++)
                scores[stated] = Math.Max(scores[stated], vocabulary.Kinship.Of(wanted[i], stated) * (i == 0 ? 1 : 0.97f));
        }
        return scores;
    }

    // What few can do decides more than what many can.
    private static float Rarity(CompanyCatalog catalog, NeedStep step)
    {
        var able = 1;
        foreach (var (process, weight) in step.Processes)
        {
            if (weight >= 0.7)
                able = Math.Max(able, catalog.ProcessCounts[process]);
        }
        return 1 + 0.12f * MathF.Log(Math.Max(1, (float)catalog.Count / able));
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
        float score = 0;
        foreach (var term in Terms)
        {
            var count = text.CountOf(term.Field, term.Term);
            if (count == 0)
                continue;
            score += Bm25.Score(term.Weight, count, text.Lengths[(int)term.Field], Catalog.AverageLengths[(int)term.Field]);
        }
        return score;
    }

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
        Weight = (float)Math.Max(step.Fact.Sureness, 0.4) * rarity;
        var best = vocabulary.Processes[step.Processes[0].Process];
        Group = best.IsGroup ? best.Id : vocabulary.Processes[best.Parent].Id;
        Id = best.Id;
        MeasuresThickness = Group is "sheet" or "press" or "join" || Id is "mold.vac" or "mold.press" or "mold.rubcut" or "surf.partial" or "soft.plate" or "edm.etch";
        MeasuresTolerance = Group is "cut" or "fin" or "gear" or "edm" or "press" or "sheet" or "die" or "mold" or "cast";
        // Boxes, frames and garments are put together from flat parts: the third length is not the machine's.
        FlatMachine = Id.StartsWith("soft.", StringComparison.Ordinal) || Id is "sheet.laser" or "sheet.turret" or "mold.bend" or "sheet.wj" or "sheet.shear";
        IsBroad = step.Fact.InferredFrom is not null && Alternatives.Length >= 3;
        Ways = Alternatives.Sum(a => a.Weight);
        IsCommon = Id is "sys.assy" or "fin.deburr" or "sys.inspect" or "cut.drill" or "cut.tap" or "join.crimp" or "join.pressfit" or "sys.proto";
        MeasuresDiameter = Group is "fast" || Id is "sheet.pipebend" or "sheet.wire" or "sheet.spin" or "press.head" or "press.rollthread" or "press.coldforge" or "cut.thread" or "press.swage";
    }

    public NeedStep Step { get; }

    public (int Process, float Weight)[] Alternatives { get; }

    public float Weight { get; }

    public string Group { get; }

    public string Id { get; }

    public bool MeasuresThickness { get; }

    public bool MeasuresTolerance { get; }

    public bool FlatMachine { get; }

    public bool MeasuresDiameter { get; }

    /// <summary>Inferred from an object: who does more of what it may take serves better.</summary>
    public bool IsBroad { get; }

    public float Ways { get; }

    /// <summary>Small work that whoever does the rest usually does as well, though few list it.</summary>
    public bool IsCommon { get; }
}
