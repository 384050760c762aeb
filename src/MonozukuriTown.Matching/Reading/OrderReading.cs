namespace MonozukuriTown.Matching;

/// <summary>The reading of one order: words and numbers are found, weighed by what stands around them, and become facts.</summary>
internal sealed partial class OrderReading
{
    /// <summary>More things and troubles than any order names; what follows is no order.</summary>
    private const int MaxHints = 300;

    private readonly Vocabulary vocabulary;
    private readonly IReadOnlyList<(string Word, string Name)> places;
    private readonly FoldedText text;
    private readonly Sentences sentences;
    private readonly List<LexiconHit> hits;
    private readonly List<LexiconHit> covered;
    private readonly List<LexiconHit> hints;
    private readonly List<Measure> measures;
    private readonly List<NeedFact> facts = [];

    public OrderReading(Vocabulary vocabulary, IReadOnlyList<(string Word, string Name)> places, string original)
    {
        this.vocabulary = vocabulary;
        this.places = places;
        text = FoldedText.Of(original);
        sentences = new Sentences(text);
        hits = LexiconScanner.Cover(vocabulary.Lexicon, text);
        hints = LexiconScanner.Scan(vocabulary.Hints, text);
        // ピン in ピンゲージ is no pin.
        var word = 0;
        hints.RemoveAll(h =>
        {
            while (word < hits.Count && hits[word].End <= h.Start)
                word++;
            return word < hits.Count && hits[word] is var w && w.Start <= h.Start && w.End >= h.End && w.Length > h.Length;
        });
        if (hints.Count > MaxHints)
            hints.RemoveRange(MaxHints, hints.Count - MaxHints);
        covered = [.. hits];
        hits.RemoveAll(h => h.Entry.Meanings.Count == 0 || text[h.Start] == 'h' && char.IsAsciiDigit(text[h.Start + 1]) && IsHeight(h.Start));
        measures = MeasureScanner.Scan(text, hits);
    }

    // W1800 H900: a height, no H900 treatment.
    private bool IsHeight(int at)
    {
        for (var i = Math.Max(0, at - 12); i < at; i++)
        {
            if (text[i] is 'w' or 'd' or 'l' && char.IsAsciiDigit(text[i + 1]))
                return true;
        }
        return false;
    }

    /// <summary>The day that dates are counted from.</summary>
    public required DateOnly Today { get; init; }

    public List<NeedFact> Read(RfqForm? form)
    {
        Supplies();
        Materials(form);
        Certifications(form);
        var diameter = Dimensions(form);
        Tolerances(form, diameter);
        Quantities(form);
        Deadlines(form);
        Regions();

        var mentions = new MentionReader(vocabulary, text, sentences, hits) { IsMass = facts.Exists(f => f.Kind == NeedKind.Quantity && (f.Value.Contains('/', StringComparison.Ordinal) || NeedBuilder.Number(f.Value) >= 1000)) }.Read();
        var assembler = new StepAssembler(vocabulary, text);
        var steps = assembler.Assemble(mentions);
        new StepInference(vocabulary, text, sentences, hints, measures, facts).Complete(steps, mentions);
        if (steps.Count == 0)
            steps.AddRange(LastResort(mentions));
        assembler.Sort(steps);
        if (measures.Find(m => m.Kind == MeasureKind.Thread) is { } thread && !facts.Exists(f => f.Kind == NeedKind.Diameter)
            && steps.Exists(s => vocabulary.GroupOf(s.Best) is "fast"))
            Add(NeedKind.Diameter, NeedBuilder.Text(thread.Value), text.Span(thread.Start, thread.End), 0.9);
        if (steps.Exists(s => vocabulary.Processes[s.Best].Is(ProcessTraits.Wire)))
            Wires();
        foreach (var step in steps)
            Add(NeedKind.Process, NeedBuilder.ProcessValue(vocabulary, step.Processes), Span(step), step.Sureness, step.InferredFrom, wish: step.IsWished && steps.Exists(s => !s.IsWished));
        foreach (var m in mentions)
        {
            if (m.Role is MentionRole.RuledOut or MentionRole.Done && !steps.Exists(s => s.Best == m.Best))
                Add(NeedKind.Excluded, vocabulary.Processes[m.Best].Id, text.Span(m.Start, m.End), 0.9);
        }
        return facts;
    }

    // 洗濯バサミの針金部分: where nothing is asked for in so many words, what was spoken of is the best guess.
    private IEnumerable<Mention> LastResort(List<Mention> mentions)
    {
        foreach (var m in mentions)
        {
            if (m.Role != MentionRole.Context || Cues.HasPurposeAfter(text, m.End) || Cues.At(text, m.End, "付") || Cues.At(text, m.End, "入リ") || Cues.IsNow(text, m.Start) || sentences.KindAt(m.Start) == SentenceKind.Sender)
                continue;
            m.Sureness = Math.Min(m.Sureness, 0.5);
            yield return m;
            yield break;
        }
    }

    /// <summary>Share of the nouns in the sentences that ask which the vocabulary knows: what stays unknown may be what matters.</summary>
    public double Understood()
    {
        int known = 0, all = 0, hit = 0, measure = 0;
        var figures = measures.OrderBy(m => m.Start).ToList();
        var words = covered.Concat(hints).OrderBy(h => h.Start).ToList();
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsContent(i) || sentences.HasOrder && sentences.KindAt(i) != SentenceKind.Order)
                continue;
            all++;
            while (hit < words.Count && words[hit].End <= i)
                hit++;
            while (measure < figures.Count && figures[measure].End <= i)
                measure++;
            if (hit < words.Count && words[hit].Start <= i || measure < figures.Count && figures[measure].Start <= i)
                known++;
        }
        return all == 0 ? 1 : Math.Round(known / (double)all, 2);
    }

    // Kanji and katakana carry the nouns; hiragana is grammar.
    private bool IsContent(int i) => (FoldedText.IsHan(text[i]) || FoldedText.IsKatakana(text[i]) || FoldedText.IsLatin(text[i])) && !FoldedText.IsHiragana(text.Written(i));

    private TextSpan? Span(Mention m) => m.End > m.Start ? text.Span(m.Start, m.End) : null;

    private void Add(NeedKind kind, string value, TextSpan? span, double sureness = 1, string? from = null, bool wish = false)
    {
        if (NeedBuilder.Label(vocabulary, kind, value, wish) is { } label && !facts.Exists(f => f.Kind == kind && string.Equals(f.Value, value, StringComparison.Ordinal)))
            facts.Add(new() { Kind = kind, Value = value, Label = label, Span = span, Sureness = Math.Round(sureness, 2), InferredFrom = from, IsWish = wish });
    }

    private static readonly (string Value, string[] Words)[] SupplyWords =
    [
        ("material", Cues.F("材料支給", "素材支給", "材支給", "材料持込", "材料は支給", "材料は持ち込み", "材料は用意", "材料はこちら", "支給材", "material supplied", "material provided", "we supply the material", "material will be provided", "free issue")),
        ("parts", Cues.F("部品支給", "ワーク支給", "現物支給", "品物支給", "支給品", "持込み品", "parts supplied", "parts provided", "parts consigned", "consigned", "supplied parts", "部品はこちら", "手元にあ", "手元の", "既製品支給", "製品支給", "本体支給", "完成品支給", "品は支給", "ワークは支給", "製品は支給", "本体は支給", "now we have", "加工済み品", "完成品を", "we have the parts")),
        ("die", Cues.F("型支給", "金型支給", "金型あり", "金型はあ", "型はあ", "金型持ち", "型持込", "金型は支給", "金型は所有", "mold supplied", "we own the mold", "mould supplied")),
        ("sample", Cues.F("現物あり", "現物有", "現物はあ", "現物のみ", "現物合わせ", "現物から", "実物あり", "サンプルあり", "見本あり", "have a sample", "sample available", "現物をお", "現物しか")),
    ];

    private static readonly (string Value, string[] Words)[] DrawingWords =
    [
        ("no", Cues.F("図面なし", "図面無", "図面がな", "図面はな", "図面はあり", "図面もな", "図面のない", "no drawing", "without drawing", "drawing is not")),
        ("sketch", Cues.F("ポンチ絵", "手書き", "手描き", "スケッチ", "ラフ図", "sketch")),
        ("yes", Cues.F("図面あり", "図面有", "図面はある", "図面あります", "図面はあります", "図面支給", "cadデータ", "stepデータ", "dxf", "drawing attached", "see drawing", "per drawing", "drawing available")),
    ];

    private void Supplies()
    {
        foreach (var (value, words) in SupplyWords)
            First(NeedKind.Supplied, value, words);
        foreach (var (value, words) in DrawingWords)
        {
            if (!facts.Exists(f => f.Kind == NeedKind.Drawing))
                First(NeedKind.Drawing, value, words);
        }
    }

    private void First(NeedKind kind, string value, string[] words)
    {
        foreach (var word in words)
        {
            var at = text.Folded.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0 && (Cues.At(text, at + word.Length, "リマセン") || Cues.At(text, at + word.Length, "マセン") || Cues.At(text, at + word.Length, "ナイ")))
                continue;
            if (at < 0 || string.Equals(value, "no", StringComparison.Ordinal) && Cues.At(text, at, "図面ハアリ") && !Cues.At(text, at, "図面ハアリマセン"))
                continue;
            Add(kind, value, text.Span(at, at + word.Length));
            return;
        }
    }

    private double? Dimensions(RfqForm? form)
    {
        var pipeOrRound = measures.Find(m => m.Kind == MeasureKind.Diameter);
        var diameter = pipeOrRound?.Value;
        foreach (var m in measures)
        {
            switch (m.Kind)
            {
                case MeasureKind.Diameter when m.Value is > 0 and < 60_000:
                    Add(NeedKind.Diameter, NeedBuilder.Text(m.Value), text.Span(m.Start, m.End), m.Sureness);
                    break;
                // 箱文字 SUS304 0.8t 厚み60: beside a sheet's thickness that of the thing is a size.
                case MeasureKind.Thickness when m.Value > 12 && (text[m.Start] == '厚' || Cues.At(text, m.Start, "アツ")) && measures.Exists(o => o.Kind == MeasureKind.Thickness && o.Value * 8 < m.Value && o.Start != m.Start):
                    break;
                case MeasureKind.Thickness when m.Value is > 0 and <= 500:
                    Add(NeedKind.Thickness, NeedBuilder.Text(m.Value), text.Span(m.Start, m.End), m.Sureness);
                    break;
            }
        }
        if (form is { MaxSizeMm.Count: > 0 })
        {
            Add(NeedKind.Size, string.Join('x', form.MaxSizeMm.Where(v => v > 0).OrderDescending().Select(NeedBuilder.Text)), null);
            return diameter;
        }
        // Lengths that were written one by one (W800 H1800, φ900×H700) belong to one piece.
        var groups = measures.Where(m => m.Kind == MeasureKind.Size).ToList();
        var loose = groups.Where(m => m.Lengths.Count == 1).ToList();
        foreach (var m in groups.Where(m => m.Lengths.Count > 1))
            Add(NeedKind.Size, string.Join('x', m.Lengths.Select(NeedBuilder.Text)), text.Span(m.Start, m.End), m.Sureness);
        if (loose.Count > 0)
        {
            var lengths = loose.Select(m => m.Value).ToList();
            if (groups.Count == loose.Count && diameter is { } d && loose.Count == 1)
                lengths.AddRange([d, d]);
            lengths.Sort();
            lengths.Reverse();
            if (groups.Count == loose.Count || lengths[0] > groups.Max(g => g.Lengths.Count > 1 ? g.Lengths[0] : 0))
                Add(NeedKind.Size, string.Join('x', lengths.Take(3).Select(NeedBuilder.Text)), text.Span(loose[0].Start, loose[^1].End), 0.9);
        }
        return diameter;
    }

    // Widths of ISO 286 grades IT5 to IT11 in micrometres, by nominal size.
    private static readonly (double UpTo, double[] Widths)[] Grades =
    [
        (3, [4, 6, 10, 14, 25, 40, 60]), (6, [5, 8, 12, 18, 30, 48, 75]), (10, [6, 9, 15, 22, 36, 58, 90]), (18, [8, 11, 18, 27, 43, 70, 110]),
        (30, [9, 13, 21, 33, 52, 84, 130]), (50, [11, 16, 25, 39, 62, 100, 160]), (80, [13, 19, 30, 46, 74, 120, 190]), (120, [15, 22, 35, 54, 87, 140, 220]),
        (180, [18, 25, 40, 63, 100, 160, 250]), (250, [20, 29, 46, 72, 115, 185, 290]), (315, [23, 32, 52, 81, 130, 210, 320]), (double.MaxValue, [27, 40, 63, 97, 155, 250, 400]),
    ];

    private void Tolerances(RfqForm? form, double? diameter)
    {
        if (form?.ToleranceMm is { } stated && stated > 0)
            Add(NeedKind.Tolerance, NeedBuilder.Text(stated), null);
        foreach (var m in measures)
        {
            if (m.Kind == MeasureKind.Tolerance && form?.ToleranceMm is null)
                Add(NeedKind.Tolerance, NeedBuilder.Text(m.Value), text.Span(m.Start, m.End));
            else if (m.Kind == MeasureKind.ToleranceGrade && m.Value is >= 5 and <= 11 && form?.ToleranceMm is null)
            {
                // A fit is made by a reamer or a grinder set to the middle: the whole width is what the shop must hold.
                var width = Grades.First(g => (diameter ?? 25) <= g.UpTo).Widths[(int)m.Value - 5] / 1000;
                Add(NeedKind.Tolerance, NeedBuilder.Text(width), text.Span(m.Start, m.End), 0.8, $"{text.Original[text.Span(m.Start, m.End).Start..text.Span(m.Start, m.End).End]} の幅");
            }
            else if (m.Kind == MeasureKind.Roughness && m.Value is > 0 and <= 100)
                Add(NeedKind.Roughness, NeedBuilder.Text(m.Value), text.Span(m.Start, m.End), m.Sureness);
            else if (m.Kind == MeasureKind.Weight && m.Value is >= 0.5 and < 200_000)
                Add(NeedKind.Weight, NeedBuilder.Text(m.Value), text.Span(m.Start, m.End), 0.8);
        }
    }

    private static bool Contains(ReadOnlySpan<char> part, string[] words)
    {
        foreach (var w in words)
        {
            if (part.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private void Deadlines(RfqForm? form)
    {
        if (form?.DeadlineWeeks is { } stated && stated > 0)
            Add(NeedKind.Deadline, NeedBuilder.Text(stated), null);
        else if (Dates.Find(text, Today) is { } date)
            Add(NeedKind.Deadline, Dates.Weeks(date.Days), text.Span(date.Start, date.End), 0.9);
        else if (measures.Where(m => m.Kind == MeasureKind.Deadline).OrderBy(m => m.Value).FirstOrDefault() is { } m)
            Add(NeedKind.Deadline, NeedBuilder.Text(Math.Round(m.Value, 2)), text.Span(m.Start, m.End));
    }

    private static readonly string[] RegionAfter = Cues.F("市内", "内で", "内の", "近辺", "周辺", "近郊", "の会社", "の工場", "の業者", "で探", "から近", "限定", "で作", "あたり", "で製造", "エリア");

    private void Regions()
    {
        var named = new bool[text.Length];
        foreach (var (word, name) in places)
        {
            var shorter = RegionTable.Short(word);
            for (var at = text.Folded.IndexOf(shorter, StringComparison.Ordinal); at >= 0; at = text.Folded.IndexOf(shorter, at + 1, StringComparison.Ordinal))
            {
                var end = Cues.At(text, at, word) ? at + word.Length : at + shorter.Length;
                // 大阪 in 東大阪 is no place of its own.
                if (named[at] || named[end - 1])
                    continue;
                if (IsRegion(word, at, end, at + shorter.Length))
                {
                    // The longest name comes first and says most.
                    Add(NeedKind.Region, name, text.Span(at, end), 0.9, wish: true);
                    return;
                }
                named.AsSpan(at, end - at).Fill(true);
            }
        }
    }

    // 府内 and 関西圏 say it themselves; a bare name may be anybody's.
    private bool IsRegion(string word, int at, int end, int shorter) =>
        word[^1] is '内' or '圏' && end - at == word.Length || Cues.StartsAfter(text, end, RegionAfter) || Cues.At(text, end, "内") || Cues.At(text, shorter, "市内");
}
