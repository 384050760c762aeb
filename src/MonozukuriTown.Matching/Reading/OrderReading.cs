using System.Globalization;

namespace MonozukuriTown.Matching;

/// <summary>The reading of one order: words and numbers are found, weighed by what stands around them, and become facts.</summary>
internal sealed class OrderReading
{
    private readonly Vocabulary vocabulary;
    private readonly IReadOnlyList<string> towns;
    private readonly FoldedText text;
    private readonly Sentences sentences;
    private readonly List<LexiconHit> hits;
    private readonly List<LexiconHit> covered;
    private readonly List<LexiconHit> hints;
    private readonly List<Measure> measures;
    private readonly List<NeedFact> facts = [];

    public OrderReading(Vocabulary vocabulary, IReadOnlyList<string> towns, string original)
    {
        this.vocabulary = vocabulary;
        this.towns = towns;
        text = FoldedText.Of(original);
        sentences = new Sentences(text);
        hits = LexiconScanner.Cover(vocabulary.Lexicon, text);
        hints = LexiconScanner.Scan(vocabulary.Hints, text);
        // ピン in ピンゲージ is no pin.
        hints.RemoveAll(h => hits.Exists(w => w.Start <= h.Start && w.End >= h.End && w.Length > h.Length));
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
            && steps.Exists(s => vocabulary.Processes[s.Best].Id.StartsWith("fast.", StringComparison.Ordinal)))
            Add(NeedKind.Diameter, NeedBuilder.Text(thread.Value), text.Span(thread.Start, thread.End), 0.9);
        if (steps.Exists(s => vocabulary.Processes[s.Best].Id is "fast.coil" or "fast.torsion" or "fast.form" or "sheet.wire"))
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

    private static readonly string[] WireWords = Cues.F("線径", "線", "線の太さ", "太さ", "素線", "ワイヤー", "wire", "wire dia", "wire diameter", "wire φ", "線径φ", "線φ", "d=");

    // What bounds a winder of springs is the wire; the outside and the length follow from it.
    private void Wires()
    {
        var wires = measures.FindAll(m => m.Kind is MeasureKind.Diameter or MeasureKind.Bare or MeasureKind.Size && m.Value is > 0 and <= 30 && (Cues.EndsBefore(text, m.Start, WireWords) || Cues.EndsBefore(text, m.Start + 1, WireWords) || StartsWithWire(m.Start)));
        var wire = wires.Count > 0 ? wires[0].Value : measures.FindAll(m => m.Kind == MeasureKind.Diameter) is { Count: > 1 } several ? several.Min(m => m.Value) : double.NaN;
        facts.RemoveAll(f => f.Kind == NeedKind.Diameter && NeedBuilder.Number(f.Value) is { } v && (double.IsNaN(wire) || v > wire) && f.Span is not null);
        if (!double.IsNaN(wire) && !facts.Exists(f => f.Kind == NeedKind.Diameter))
            Add(NeedKind.Diameter, NeedBuilder.Text(wire), wires.Count > 0 ? text.Span(wires[0].Start, wires[0].End) : null, 0.9);
    }

    private bool StartsWithWire(int start)
    {
        foreach (var w in WireWords)
        {
            if (Cues.At(text, start, w))
                return true;
        }
        return false;
    }

    /// <summary>Share of the nouns in the sentences that ask which the vocabulary knows: what stays unknown may be what matters.</summary>
    public double Understood()
    {
        int known = 0, all = 0, hit = 0, hint = 0, measure = 0;
        var figures = measures.OrderBy(m => m.Start).ToList();
        var words = covered.Concat(hints).OrderBy(h => h.Start).ToList();
        _ = hint;
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
        ("parts", Cues.F("部品支給", "ワーク支給", "現物支給", "品物支給", "支給品", "持込み品", "parts supplied", "parts provided", "parts consigned", "consigned", "supplied parts", "部品はこちら", "手元にあ", "手元の", "now we have", "加工済み品", "完成品を", "we have the parts")),
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

    private void Materials(RfqForm? form)
    {
        var mentions = new List<(int Index, int Start, int End)>();
        foreach (var hit in hits)
        {
            if (mentions.Count >= 40)
                break;
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind != MeaningKind.Material)
                    continue;
                if (!Cues.RuledOut(text, hit.Start, hit.End) && !Cues.HasPurposeAfter(text, hit.End) && !IsOnlyNamed(hit))
                    mentions.Add((m.Index, hit.Start, hit.End));
                break;
            }
        }
        // ジルコニアの円盤を押さえる治具を真鍮で: where one is said to be what it is made of, the others are what it meets.
        if (mentions.Exists(m => Cues.IsMadeOf(text, m.End)))
            mentions.RemoveAll(m => !Cues.IsMadeOf(text, m.End) && Cues.IsOwner(text, m.End) && !mentions.Exists(o => o != m && Cues.IsOr(text, m.End, o.Start)) && mentions.Exists(o => o != m && Cues.IsMadeOf(text, o.End) && sentences.Find(o.Start).From == sentences.Find(m.Start).From));
        if (mentions.Exists(m => sentences.KindAt(m.Start) == SentenceKind.Order))
            mentions.RemoveAll(m => sentences.KindAt(m.Start) == SentenceKind.Sender);
        Labelled(mentions);
        // 鋳物の花瓶を真鍮で: cast, of that metal.
        if (mentions.Exists(m => IsCastOther(m.Index)))
            mentions.RemoveAll(m => vocabulary.Materials[m.Index].Id is "cast-iron");
        // アルミ beside A5052 says nothing new.
        mentions.RemoveAll(m => mentions.Exists(o => o.Index != m.Index && IsAbove(m.Index, o.Index)));
        var i = 0;
        while (i < mentions.Count)
        {
            var ids = new List<string> { vocabulary.Materials[mentions[i].Index].Id };
            var (_, start, end) = mentions[i];
            while (i + 1 < mentions.Count && (Cues.IsOr(text, end, mentions[i + 1].Start) || Cues.Instead(text, end)))
            {
                i++;
                ids.Add(vocabulary.Materials[mentions[i].Index].Id);
                end = mentions[i].End;
            }
            Add(NeedKind.Material, string.Join('|', ids), text.Span(start, end));
            i++;
        }
        if (form?.Material is { Length: > 0 } stated && vocabulary.ReadMaterial(stated) is { } material)
        {
            // The field names one material: it replaces what is above it and joins nothing else.
            var known = facts.Exists(f => f.Kind == NeedKind.Material && f.Value.Split('|').Any(v => vocabulary.FindMaterial(v) is { } m && (m.Index == material.Index || IsAbove(material.Index, m.Index))));
            if (!known)
            {
                facts.RemoveAll(f => f.Kind == NeedKind.Material && !f.Value.Contains('|', StringComparison.Ordinal) && vocabulary.FindMaterial(f.Value) is { } m && IsAbove(m.Index, material.Index));
                if (!facts.Exists(f => f.Kind == NeedKind.Material))
                    Add(NeedKind.Material, material.Id, null);
            }
        }
    }

    private static readonly string[] NotMade = Cues.F("系", "色", "調の", "調に", "のまま", "をこね", "こね", "検出", "探知", "カラー", "っぽい", "ぽい", "ぽく", "的な", "の代わり", "代わり", "のかわり", "みたいな", "のような", "ライク", "風の", "をやっている", "加工屋", "工場", "屋", "アレルギー", "臭", "粉が", "価格");

    // ブロンズ系の色, 金属検出機: the word names a colour or another thing.
    private bool IsOnlyNamed(LexiconHit hit)
    {
        foreach (var w in NotMade)
        {
            if (Cues.At(text, hit.End, w))
                return true;
        }
        return Cues.IsNow(text, hit.Start);
    }

    private static readonly string[] Labels = Cues.F("材質", "材料", "素材", "材", "材質:", "材料:", "素材:", "材質は", "材料は", "素材は", "材は", "材質 ", "材料 ", "素材 ", "material", "material:", "material ", "mat'l", "mat.");

    // 材は欅 … 石膏の原型: where the order says which material it is, what tales mention is none.
    private void Labelled(List<(int Index, int Start, int End)> mentions)
    {
        if (mentions.Count > 1 && mentions.Exists(m => Cues.EndsBefore(text, m.Start, Labels)))
            mentions.RemoveAll(m => !Cues.EndsBefore(text, m.Start, Labels) && sentences.KindAt(m.Start) != SentenceKind.Order && !mentions.Exists(o => Cues.EndsBefore(text, o.Start, Labels) && sentences.Find(o.Start).From == sentences.Find(m.Start).From));
    }

    private bool IsCastOther(int material)
    {
        for (var m = material; m >= 0; m = vocabulary.Materials[m].Parent)
        {
            if (vocabulary.Materials[m].Id is "copper-alloy" or "aluminium" or "magnesium" or "zinc" or "stainless")
                return true;
        }
        return false;
    }

    private bool IsAbove(int family, int member)
    {
        for (var i = vocabulary.Materials[member].Parent; i >= 0; i = vocabulary.Materials[i].Parent)
        {
            if (i == family)
                return true;
        }
        return false;
    }

    private static readonly string[] WishAfter = Cues.F("あれば", "尚可", "なお可", "望まし", "歓迎", "できれば", "優遇", "があると", "preferred", "if possible", "nice to have", "would be", "a plus", "is plus", "ideally", "desirable");
    private static readonly string[] WishBefore = Cues.F("できれば", "可能なら", "preferably ", "ideally ", "出来れば");
    private static readonly string[] HasAfter = Cues.F("を取得しています", "取得済みです", "は取得済", "持ってます", "の更新", "の審査", "更新審査", "の監査を控", "を運用して");

    private static readonly string[] Viewpoint = Cues.F("の観点", "対策", "の一環", "の関係");

    private static readonly string[] NotAsked = Cues.F("不要", "要りません", "いりません", "要らない", "必要ありません", "必要ない", "なくても", "無くても", "not required", "not req", "not needed");

    // 水道協会の証明は … のため不要とする: said at the end of the sentence.
    private bool IsNotAsked(int end)
    {
        var to = end;
        while (to < text.Length && to - end < 60 && !Cues.IsSentenceEnd(text, to) && text[to] is not '、')
            to++;
        return Contains(text.Folded.AsSpan(end, to - end), NotAsked);
    }

    private void Certifications(RfqForm? form)
    {
        foreach (var hit in hits)
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind != MeaningKind.Certification || facts.Count > 100 || Cues.RuledOut(text, hit.Start, hit.End) || Cues.At(text, hit.End, "94") || Cues.StartsAfter(text, hit.End, Viewpoint) || Cues.StartsAfter(text, hit.End, HasAfter) || IsNotAsked(hit.End))
                    continue;
                var window = text.Folded.AsSpan(hit.End, Math.Min(14, text.Length - hit.End));
                // RoHS or CE is a property of the product that few companies list: asked, never a reason to refuse.
                var wish = vocabulary.Certifications[m.Index].Kind is "product" || Cues.EndsBefore(text, hit.Start, WishBefore);
                foreach (var w in WishAfter)
                    wish |= window.Contains(w, StringComparison.Ordinal);
                Add(NeedKind.Certification, vocabulary.Certifications[m.Index].Id, text.Span(hit.Start, hit.End), wish: wish);
            }
        }
        foreach (var stated in form?.Certifications ?? [])
        {
            if (vocabulary.ReadCertification(stated) is not { } c)
                continue;
            var read = facts.FindIndex(f => f.Kind == NeedKind.Certification && string.Equals(f.Value, c.Id, StringComparison.Ordinal));
            if (read >= 0)
                facts[read] = facts[read] with { IsWish = false, Label = c.Name };
            else
                Add(NeedKind.Certification, c.Id, null);
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

    private void Quantities(RfqForm? form)
    {
        if (form?.Quantity is { Length: > 0 } stated)
        {
            var field = FoldedText.Of(stated);
            var read = MeasureScanner.Scan(field, []);
            var m = read.Find(x => x.Kind == MeasureKind.Quantity) ?? read.Find(x => x.Kind == MeasureKind.Bare);
            // 500m is a length of profile, no count of pieces.
            if (m is not null)
            {
                Add(NeedKind.Quantity, Quantity(m.Value, m.Rhythm.Length > 0 ? m.Rhythm : stated.Contains('月', StringComparison.Ordinal) ? "month" : stated.Contains('年', StringComparison.Ordinal) ? "year" : ""), null);
                return;
            }
        }
        var counted = measures.Where(m => m.Kind == MeasureKind.Quantity && m.Value >= 1).ToList();
        // Holes are counted too: 穴8個, M6タップ4箇所.
        counted.RemoveAll(CountsHoles);
        foreach (var m in counted.OrderBy(m => m.Rhythm.Length > 0 && Trial(counted) is null ? 0 : 1).ThenByDescending(m => m.Sureness).ThenBy(m => m.Start).Take(1))
            Add(NeedKind.Quantity, Quantity(m.Value, m.Rhythm), text.Span(m.Start, m.End), m.Sureness);
        if (counted.Count > 1 && Trial(counted) is { } later)
            Add(NeedKind.Quantity, Quantity(later.Value, later.Rhythm), text.Span(later.Start, later.End), later.Sureness);
        if (counted.Count == 0 && measures.Find(m => m.Kind == MeasureKind.Bare && BeforeLatinWord(m.End) && m.Value <= 1_000_000) is { } bare)
            Add(NeedKind.Quantity, Quantity(bare.Value, bare.Rhythm), text.Span(bare.Start, bare.End), 0.6);
    }

    private static readonly string[] TrialWords = Cues.F("試作", "試し", "ためし", "まず", "最初", "はじめ", "初回", "サンプル", "トライ", "先行", "とりあえず", "first", "sample", "trial", "prototype", "to start");

    private static readonly string[] LaterWords = Cues.F("その後", "そのあと", "量産", "うまくいけば", "ゆくゆく", "将来", "本番", "次は", "次に", "後に", "月産", "予定", "then", "after", "later", "mass production", "production", "if ok", "if good");

    // まず5個、その後3000個: the number that follows a trial.
    private Measure? Trial(List<Measure> counted)
    {
        var first = counted.MinBy(m => m.Start)!;
        var (from, to) = (Math.Max(0, first.Start - 24), Math.Min(text.Length, first.End + 12));
        if (!Contains(text.Folded.AsSpan(from, to - from), TrialWords) || !Contains(text.Folded.AsSpan(first.End), LaterWords))
            return null;
        return counted.Find(m => m.Start > first.End && m.Value > first.Value);
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

    private static readonly string[] HoleWords = Cues.F("穴を", "穴", "穴が", "タップを", "タップ", "ねじを", "ボルト穴", "曲げを", "曲げ", "箇所", "キリ", "溝", "溝が", "羽根", "歯", "スリット", "ポケット", "ピッチ", "溶接ナット", "スタッド", "ナット", "リベット", "ビス", "ワッシャ", "コネクタ", "hole ", "holes ");

    private bool CountsHoles(Measure m) => Cues.EndsBefore(text, m.Start, HoleWords) || Cues.At(text, m.End, "ノ穴") || Cues.At(text, m.End, "穴") || Cues.At(text, m.End, "アケ") || Cues.At(text, m.End, "開ケ");

    private static string Quantity(double value, string rhythm) =>
        Math.Round(value).ToString("0", CultureInfo.InvariantCulture) + (rhythm.Length > 0 ? "/" + rhythm : "");

    private bool BeforeLatinWord(int end) => end + 1 < text.Length && text[end] == ' ' && FoldedText.IsLatin(text[end + 1]);

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
        foreach (var town in towns)
        {
            var name = FoldedText.Fold(town);
            var shorter = name.EndsWith('市') && name.Length > 2 ? name[..^1] : name;
            var at = text.Folded.IndexOf(shorter, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var end = Cues.At(text, at, name) ? at + name.Length : at + shorter.Length;
            if (Cues.StartsAfter(text, end, RegionAfter) || Cues.At(text, end, "内") || Cues.At(text, at + shorter.Length, "市内"))
                Add(NeedKind.Region, town, text.Span(at, end), 0.9, wish: true);
        }
    }
}
