using System.Buffers;

namespace MonozukuriTown.Matching;

/// <summary>
/// What a veteran adds when an order names no process, or only the last one: from the object, the problem, the material, the
/// shape and the number of pieces. Everything added says from what.
/// </summary>
internal sealed partial class StepInference(
    Vocabulary vocabulary, FoldedText text, Sentences sentences, IReadOnlyList<LexiconHit> hints, IReadOnlyList<Measure> measures, List<NeedFact> facts)
{
    private static readonly SearchValues<string> MakeWords = Any(
        "新規", "量産", "生産した", "成形した", "製作", "作って", "作りたい", "作れ", "作成", "つくって", "つくりたい", "つくれ", "製造", "欲しい", "ほしい", "一式", "丸ごと", "全部お願い", "作り", "造って",
        "同じもの", "同じ物", "同じ形", "おなじもの", "複製", "新調", "新作", "作り直", "作りなお", "need ", "make", "fabricat", "manufactur", "build", "produce");

    private static readonly SearchValues<string> ThereWords = Any(
        "うちの", "当社の", "弊社の", "たあと", "剥がれ", "組み上が", "出来上が", "できあが", "できています", "出来てい", "使っている", "使っていた", "既設", "既存の", "形見", "古い", "昔の", "再", "塗り直", "磨き直", "張り替", "張替", "直して", "直し", "修理", "補修", "修繕", "修復", "ボロボロ", "剥げ", "錆び", "サビ", "傷", "キズ", "預け", "持ち込", "持込", "持って行", "持っていけ", "送ります",
        "お送り", "うちにあり", "手元", "分解", "外して", "ヒビ", "にじむ", "てもうた", "てしもた", "とれた", "取れた", "外れた", "もげた", "もげて", "えぐれ", "摩耗", "がガタガタで", "がある。", "はあります", "ザラザラ", "ざらざら", "付着", "こびり", "まで加工", "加工した", "加工済", "will send", "we send", "we ship", "we supply", "send you", "by post", "ship parts", "we've got", "we have got", "existing", "our own", "repair", "refurbish", "restore", "再利用", "中古", "現状");

    // What is supplied is the object of its own sentence; the next sentence may ask for something to put it in.
    private bool SuppliesParts((int From, int To, SentenceKind Kind) sentence) => facts.Exists(f => f.Kind == NeedKind.Supplied && f.Value is "parts"
        && (f.Span is not { } span || sentences.IsAlone || span.Start >= text.OriginalStart(sentence.From) && span.Start <= text.OriginalStart(sentence.To)));

    public void Complete(List<Mention> steps, List<Mention> mentions)
    {
        var material = Material();
        foreach (var step in steps)
        {
            WithoutRuledOut(step, mentions);
            ForMaterial(step, MaterialAt(step.Start, material));
            ForOwnHint(step);
            ForWords(step);
            ForContext(step, mentions);
        }
        var only = mentions.Exists(m => m.IsOnly && m.Role == MentionRole.Wanted);
        if (!only)
            Implied(steps, mentions, material);
        // 欠けたので作り直したい: what is made anew is not repaired.
        if (steps.Exists(s => s.InferredFrom is not null && Repairs(s)) && Says(AnewWords) && !Says(EitherWords) && steps.Exists(s => !Repairs(s) && !IsDetail(s.Best)))
            steps.RemoveAll(s => s.InferredFrom is not null && Repairs(s));
        if (steps.Count == 0)
            Grit(steps);
        if (!only)
            Parts(steps, mentions);
        // 白アルマイト, キー溝: a piece that is drawn with sizes has to be made before it is finished.
        var dream = steps.FindAll(s => s.InferredFrom is not null && vocabulary.Processes[s.Best].Is(ProcessTraits.Early));
        if (dream.Count > 0 && dream.Count < steps.Count && steps.Exists(s => !dream.Contains(s) && !IsDetail(s.Best)))
            steps.RemoveAll(dream.Contains);
        else if (dream.Count > 0 && dream.Count < steps.Count && facts.Exists(f => f.Kind == NeedKind.Material) && facts.Exists(f => f.Kind == NeedKind.Size) && steps.TrueForAll(s => dream.Contains(s) || IsDetail(s.Best)))
            steps.RemoveAll(dream.Contains);
        // surface grinding 300x200x25: what stands first is what is asked; the plate is there.
        var leading = steps.Count > 0 && steps.Min(s => s.Start) < 4 && steps.TrueForAll(s => s.InferredFrom is null);
        if (!only && !leading && steps.Count > 0 && steps.TrueForAll(s => IsDetail(s.Best)) && ToBeMade((0, text.Length, SentenceKind.Order))
            && !mentions.Exists(m => m.Role is MentionRole.Done or MentionRole.RuledOut && !IsDetail(m.Best)))
            FromShape(steps, material, further: true);
        // A faint hint (おもちゃ) doesn't outweigh what the piece is made of.
        var faint = steps.Count == 1 && steps[0].InferredFrom is not null && steps[0].Sureness < 0.45;
        if (steps.Count == 0 || faint || steps.Count == 1 && (steps[0].IsWeak && Group(steps[0].Best) is "cut" or "fast" or "fin" or "press" or "sys" || vocabulary.Processes[steps[0].Best].Is(ProcessTraits.Early)))
            FromShape(steps, material);
        MicroHoles(steps, material);
        Casting(steps, material);
        Jigs(steps);
        Production(steps, material);
        foreach (var step in steps)
            Scale(step.Processes);
        // 溶着 … ウェルダー: what turned out to be the same work is one step.
        for (var i = steps.Count - 1; i > 0; i--)
        {
            if (steps.FindIndex(s => s.Best == steps[i].Best) is var same && same < i)
            {
                if (steps[same].InferredFrom is not null && steps[i].InferredFrom is null)
                    steps[same] = steps[i];
                steps.RemoveAt(i);
            }
        }
    }

    private static readonly string[] AnewWords = Cues.F("作り直", "作りなお", "つくり直", "作り替", "作りかえ", "新作", "新規製作", "新規に製作", "新しく作", "新品を作", "新造", "代わりを作", "make new", "make a new", "remake");

    private static readonly string[] EitherWords = Cues.F("直すか", "直せ", "直るなら", "修理か", "補修か", "駄目なら", "だめなら", "ダメなら", "無理なら", "どちらか", "安いほう", "安い方", "補修と", "補修は", "既設の補修");

    private bool Repairs(Mention step) => vocabulary.Processes[step.Best].Is(ProcessTraits.Repair);

    // The best way is the measure of the others.
    private static void Scale(List<Weighted> processes)
    {
        processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
        if (processes.Count == 0 || processes[0].Weight is <= 0 or >= 1)
            return;
        var scale = 1 / processes[0].Weight;
        for (var i = 0; i < processes.Count; i++)
            processes[i] = new(processes[i].Index, processes[i].Weight * scale);
    }

    // Printed or marked only, of a named material: a thing that comes with its print.
    private bool printing;

    // ホッパーの内面を … ホッパーは手元にある: what is said of the word in another sentence holds as well.
    private bool IsSupplied(LexiconHit hit) => Once(supplied, hit.Entry, entry => hints.Any(h => h.Entry == entry && SuppliesParts(sentences.Find(h.Start))));

    private bool IsThere(LexiconHit hit) => Once(there, hit.Entry, entry => hints.Any(h => h.Entry == entry && SaysThere(sentences.Find(h.Start))));

    private static readonly string[] HandInWords = Cues.F("持込み引", "持込引", "持ち込み引", "持込みます", "持ち込みます", "持込みし", "持ち込みし", "持込み可", "持ち込み可", "持込可", "お持ちし", "お持ち込み", "持参し", "持って行き", "持っていき", "引取りに来", "引き取りに来", "取りに来て", "取りに来られ", "引取配達", "引取り・配達", "引取りから", "引き取りから", "物が上が", "品物が上が", "品物を送", "品物は送", "現品を送", "ワークを送", "ワークは送", "品物は宅", "現物は宅", "宅配で送", "i will bring", "we will bring", "we can bring", "bring the part", "bring them", "drop off", "collect and deliver");

    // 持込み引取りします, anywhere in the order: whoever hands in has it.
    private bool HandsIn() => Says(HandInWords);

    private bool? handsIn;

    private bool SaysThere((int From, int To, SentenceKind Kind) sentence)
    {
        saysThere ??= text.Folded.AsSpan().ContainsAny(ThereWords);
        return saysThere.Value && Once(thereIn, (sentence.From, sentence.To), at => text.Folded.AsSpan(at.From, at.To - at.From).ContainsAny(ThereWords));
    }

    // A sentence is searched once, however many words of it ask.
    private readonly Dictionary<(int From, int To), bool> thereIn = [];
    private readonly Dictionary<LexiconEntry, bool> there = [], supplied = [];
    private bool? saysThere, saysMake;

    private static bool Once<T>(Dictionary<T, bool> known, T key, Func<T, bool> look)
        where T : notnull
    {
        if (!known.TryGetValue(key, out var answer))
            known[key] = answer = look(key);
        return answer;
    }

    private static SearchValues<string> Any(params string[] words) => SearchValues.Create(Cues.F(words), StringComparison.Ordinal);

    private bool Says(IReadOnlyList<string> folded)
    {
        foreach (var w in folded)
        {
            if (text.Folded.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private int Material()
    {
        foreach (var fact in facts)
        {
            if (fact.Kind == NeedKind.Material && vocabulary.FindMaterial(fact.Value.Split('|')[0]) is { } m)
                return m.Index;
        }
        return -1;
    }

    // Of several pieces in one order each has its own material: the one named in the same sentence.
    private int MaterialAt(int at, int otherwise)
    {
        var (from, to, _) = sentences.Find(at);
        if (from == to)
            return otherwise;
        var (found, distance) = (-1, int.MaxValue);
        var several = 0;
        var start = text.OriginalStart(at);
        foreach (var fact in facts)
        {
            if (fact.Kind != NeedKind.Material || vocabulary.FindMaterial(fact.Value.Split('|')[0]) is not { } m)
                continue;
            several++;
            if (fact.Span is { } span && span.Start >= text.OriginalStart(from) && span.Start < text.OriginalStart(to) && Math.Abs(span.Start - start) < distance)
                (found, distance) = (m.Index, Math.Abs(span.Start - start));
        }
        return found >= 0 ? found : several > 1 ? -1 : otherwise;
    }

    private void Implied(List<Mention> steps, List<Mention> mentions, int material)
    {
        printing = steps.Count > 0 && steps.TrueForAll(IsPartWork) && facts.Exists(f => f.Kind == NeedKind.Material);
        var finishing = steps.Count > 0 && steps.TrueForAll(s => IsDetail(s.Best) || IsPartWork(s));
        var first = steps.Count > 0 ? steps.Min(s => s.Start) : 0;
        Qualifiers(steps);
        var found = new List<(LexiconHit Hit, Implication Item)>();
        foreach (var hit in hints)
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Implication && found.Count < 40)
                    found.Add((hit, vocabulary.Implications[m.Index]));
            }
        }
        foreach (var (hit, item) in found)
        {
            if (string.Equals(item.Kind, "outside", StringComparison.Ordinal) && steps.TrueForAll(s => s.IsWeak || s.Sureness < 0.9) && sentences.KindAt(hit.Start) != SentenceKind.Sender && !sentences.IsName(hit.Start) && !Cues.HasPurposeAfter(text, hit.End) && !Cues.IsPlace(text, hit.End))
                facts.Add(Fact(NeedKind.Outside, item.Because, hit, item, 1));
            foreach (var id in item.Materials)
            {
                if (item.Confidence >= 0.8 && !facts.Exists(f => f.Kind == NeedKind.Material))
                    facts.Add(Fact(NeedKind.Material, vocabulary.Materials[id].Id, hit, item, 0.6));
            }
        }
        var added = new List<(LexiconHit Hit, Implication Item, Mention Mention)>();
        foreach (var (hit, item) in found)
        {
            if (item.Processes.Count == 0 || sentences.KindAt(hit.Start) == SentenceKind.Sender || Cues.IsOwnTrade(text, hit.Start, hit.End))
                continue;
            var isObject = string.Equals(item.Kind, "object", StringComparison.Ordinal);
            // 作り直したい, やり直して is done again, not repaired.
            if (text[hit.Start] == '直' && hit.Start > 0 && FoldedText.IsHiragana(text.Written(hit.Start - 1)) && text[hit.Start - 1] is not ('ヲ' or 'テ' or 'ニ' or 'ガ' or 'ハ' or 'デ' or 'モ'))
                continue;
            if (isObject && (Cues.HasPurposeAfter(text, hit.End) || Cues.IsInClause(text, hit.End) || Cues.IsLikeness(text, hit.End) || Cues.IsHeld(text, hit.End) || Cues.IsGiven(text, hit.End) || Cues.IsShape(text, hit.End) || Cues.At(text, hit.End, "貼リ") || Cues.At(text, hit.End, "貼付") || steps.Exists(s => s.End < hit.Start && hit.Start - s.End < 28) && Cues.IsWorkedOn(text, hit.Start) || Cues.IsNow(text, hit.Start) || IsSupplied(hit)))
                continue;
            if (Cues.RuledOut(text, hit.Start, hit.End) && isObject || !isObject && Cues.HasPurposeAfter(text, hit.End))
                continue;
            if (steps.Exists(s => !vocabulary.Processes[s.Best].Is(ProcessTraits.Early)))
            {
                // ピストンリング 鋳鉄: a word that is a material as well leaves the making to the object.
                if (isObject && steps.Count == 1 && steps[0].IsMaterial && item.Confidence >= 0.5 && Pieces() is null or <= 20)
                {
                    foreach (var p in Suited(item, MaterialAt(hit.Start, material), isObject))
                    {
                        if (!steps[0].Processes.Exists(x => x.Index == p.Index))
                            steps[0].Processes.Add(new(p.Index, p.Weight * 0.95));
                    }
                    continue;
                }
                // ピンのセンタレス: work on it stands right behind.
                if (isObject && Cues.IsOwner(text, hit.End) && steps.Exists(s => s.Start == hit.End + 1))
                    continue;
                // An object beside work on it only counts when it is to be made first.
                if (isObject && !(finishing && item.Confidence >= 0.35 && ToBeMade(sentences.Find(hit.Start)) && !IsThere(hit)))
                    continue;
                if (!isObject && (item.Confidence < 0.5 || string.Equals(item.Kind, "application", StringComparison.Ordinal) || steps.Exists(s => Related(item.Processes[0].Index, s.Best))))
                    continue;
            }
            if (mentions.Exists(m => m.Role is MentionRole.RuledOut or MentionRole.Done && m.Best == item.Processes[0].Index))
                continue;
            // SKD11 HRC60 ワイヤーカット: the hardness of what is cut is its state.
            if (!isObject && Group(item.Processes[0].Index) is "heat" && steps.Exists(s => s.InferredFrom is null && Group(s.Best) is "edm"))
                continue;
            // 焼き入れた鋼: a word that only describes is no problem to solve either.
            if (!isObject && mentions.Exists(m => m.Role != MentionRole.Wanted && m.Start <= hit.Start && m.End >= hit.Start))
                continue;
            if (steps.Exists(s => s.InferredFrom is null && s.Best == item.Processes[0].Index))
                continue;
            var processes = Suited(item, MaterialAt(hit.Start, material), isObject);
            if (processes.Count == 0)
                continue;
            added.Add((hit, item, new Mention
            {
                Start = hit.Start,
                End = hit.End,
                Processes = processes,
                IsOpen = true,
                // 高周波焼入れ SCM440の軸: what stands first is what is asked; the piece may be there.
                Sureness = Sureness(item, isObject, steps.Count > 0, steps.TrueForAll(s => IsDetail(s.Best) && Group(s.Best) is not "soft")) * (isObject ? Headed(hit) : 1) * (isObject && steps.Count > 0 && first < 4 && first < hit.Start ? 0.7 : 1),
                InferredFrom = item.Because.Length > 0 ? $"{item.Word}：{item.Because}" : item.Word,
            }));
        }
        // 試作 beside a thing that says how it is made says nothing more.
        if (added.Exists(a => a.Item.Confidence >= 0.5) && steps.TrueForAll(s => vocabulary.Processes[s.Best].Is(ProcessTraits.Early)))
            steps.Clear();
        Merge(steps, added);
    }

    // 充填バルブ, 検査パネル: work at the beginning of a thing's name says what the thing is for.
    private void Qualifiers(List<Mention> steps)
    {
        if (steps.Count > 0)
            steps.RemoveAll(s => vocabulary.Processes[s.Best].Is(ProcessTraits.Purpose)
                && hints.Any(h => h.Start == s.End && h.Entry.Meanings.Exists(m => m.Kind == MeaningKind.Implication && string.Equals(vocabulary.Implications[m.Index].Kind, "object", StringComparison.Ordinal))));
    }

    // The object of finishing that is drawn with sizes is meant; where something is used only says a little.
    private static double Sureness(Implication item, bool isObject, bool finished, bool onlyFinished) =>
        isObject ? finished ? onlyFinished ? Math.Max(item.Confidence, 0.62) : Math.Min(item.Confidence, 0.58) : item.Confidence : string.Equals(item.Kind, "application", StringComparison.Ordinal) ? item.Confidence * 0.8 : item.Confidence;

    // 水槽台 is no 水槽, 回転釜のフタ no 釜: the head of a compound, and of AのB, stands last.
    private double Headed(LexiconHit hit)
    {
        if (!hints.Any(h => h.Start == hit.End) && !text.IsLatinAt(hit.End - 1) && Cues.IsCompoundStart(text, hit.End))
            return 0.5;
        // フランジ付, タンクごと: a part of what is asked.
        if (Cues.At(text, hit.End, "付") || Cues.At(text, hit.End, "ツキ") || Cues.At(text, hit.End, "入リ") || Cues.At(text, hit.End, "ゴト"))
            return 0.5;
        return Cues.IsOwner(text, hit.End) ? 0.6 : 1;
    }

    // Things asked for side by side are steps each; otherwise the surest word decides and the others widen it.
    private void Merge(List<Mention> steps, List<(LexiconHit Hit, Implication Item, Mention Mention)> added)
    {
        int objects = 0, problems = 0;
        foreach (var (hit, item, mention) in added.OrderByDescending(a => a.Mention.Sureness))
        {
            var kin = steps.Find(s => s.IsOpen && (s.InferredFrom is not null && mention.Processes.Exists(p => s.Processes.Exists(q => q.Index == p.Index)) || s.InferredFrom is null && Group(s.Best) is not "sys" && mention.Processes.Exists(p => p.Weight >= 0.7 && s.Processes.Exists(q => q.Index == p.Index && q.Weight >= 0.5))));
            if (kin is not null)
            {
                // Two hints that agree: what both name is meant.
                for (var i = 0; i < kin.Processes.Count; i++)
                {
                    var p = kin.Processes[i];
                    var q = mention.Processes.Find(x => x.Index == p.Index);
                    kin.Processes[i] = new(p.Index, Math.Min(1, q.Weight > 0 ? Math.Max(p.Weight, q.Weight) : p.Weight * 0.8));
                }
                kin.Processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
                continue;
            }
            // A problem and the thing it befell are two hints, two things one order seldom means.
            var isObject = string.Equals(item.Kind, "object", StringComparison.Ordinal);
            if ((isObject ? objects : problems) > 0 && !HasOwnCount(hit) && item.Confidence < 0.8)
                continue;
            // Where something is used says nothing beside what it is.
            if (string.Equals(item.Kind, "application", StringComparison.Ordinal) && added.Exists(a => string.Equals(a.Item.Kind, "object", StringComparison.Ordinal)))
                continue;
            _ = isObject ? objects++ : problems++;
            steps.Add(mention);
        }
    }

    private bool HasOwnCount(LexiconHit hit)
    {
        if (measures.Count(m => m.Kind == MeasureKind.Quantity) < 2)
            return false;
        foreach (var m in measures)
        {
            if (m.Kind == MeasureKind.Quantity && m.Start >= hit.End && m.Start - hit.End <= 8)
                return true;
        }
        return false;
    }

    // Drawn with sizes, or asked to be made; not there already. Words that say it is there count in the piece's own sentence.
    private bool ToBeMade((int From, int To, SentenceKind Kind) sentence)
    {
        if (SuppliesParts(sentence) || SaysThere(sentence) || (handsIn ??= HandsIn()))
            return false;
        return (saysMake ??= text.Folded.AsSpan().ContainsAny(MakeWords))
            || facts.Exists(f => f.Kind == NeedKind.Quantity) && (IsSoftGoods(Material()) || printing)
            || facts.Exists(f => f.Kind is NeedKind.Size or NeedKind.Thickness or NeedKind.Diameter) && facts.Exists(f => f.Kind is NeedKind.Material or NeedKind.Quantity);
    }

    // Wood, cloth, paper, rubber come in no standard parts: who names a number of them wants them made.
    private bool IsSoftGoods(int material)
    {
        for (var m = material; m >= 0; m = vocabulary.Materials[m].Parent)
        {
            if (vocabulary.Materials[m].Id is "wood" or "paper" or "fabric" or "rubber" or "resin-foam" or "glass")
                return true;
        }
        return false;
    }

    private List<Weighted> Suited(Implication item, int material, bool isObject)
    {
        var list = new List<Weighted>();
        foreach (var p in item.Processes)
        {
            // What only finishes the object is not how it is made.
            if (isObject && IsFinishing(p.Index) && !item.Processes.All(q => IsFinishing(q.Index)) || p.Weight < 0.3)
                continue;
            list.Add(new(p.Index, p.Weight * (isObject ? vocabulary.Suits(material, p.Index) : 1)));
        }
        if (isObject && Way(item, material) is { } way)
        {
            if (item.Form.Length > 0)
                Weaken(list);
            // What the material alone says doesn't outweigh what the object says, when that suits the material.
            var share = item.Form.Length == 0 && list.Exists(x => x.Weight >= 0.5) ? 0.6 : 1;
            foreach (var w in way.Processes)
            {
                var known = list.FindIndex(x => x.Index == w.Index);
                if (known < 0)
                    list.Add(new(w.Index, w.Weight * share));
                else
                    list[known] = new(w.Index, Math.Max(list[known].Weight, w.Weight));
            }
        }
        // ハウジング φ60×120: what is round is turned.
        if (isObject && IsRound() && list.FindIndex(x => vocabulary.Processes[x.Index].Id is "cut.turn" && x.Weight >= 0.3) is >= 0 and var turned)
        {
            for (var i = 0; i < list.Count; i++)
                list[i] = new(list[i].Index, i == turned ? Math.Max(1, list[i].Weight) : list[i].Weight * (Group(list[i].Index) is "cut" ? 0.85 : 1));
        }
        Scale(list);
        return list;
    }

    private bool IsRound() => facts.Exists(f => f.Kind == NeedKind.Diameter) && facts.FindAll(f => f.Kind == NeedKind.Size) is [var size]
        && NeedBuilder.Lengths(size.Value) is [var a, var b, var c] && (a == b || b == c);

    private Way? Way(Implication item, int material) =>
        item.Form.Length > 0 ? vocabulary.Ways.Find([item.Form], material, Pieces())
        : material >= 0 ? vocabulary.Ways.Find(["any"], material, Pieces()) : null;

    private static void Weaken(List<Weighted> list)
    {
        for (var i = 0; i < list.Count; i++)
            list[i] = new(list[i].Index, list[i].Weight * 0.6);
    }

    private double? Pieces() => facts.Find(f => f.Kind == NeedKind.Quantity) is { } q ? NeedBuilder.Number(q.Value.Split('/')[0]) : null;

    private NeedFact Fact(NeedKind kind, string value, LexiconHit hit, Implication item, double sureness) => new()
    {
        Kind = kind,
        Value = value,
        Label = NeedBuilder.Label(vocabulary, kind, value, wish: false) ?? value,
        Span = text.Span(hit.Start, hit.End),
        Sureness = Math.Round(item.Confidence * sureness, 2),
        InferredFrom = item.Because.Length > 0 ? $"{item.Word}：{item.Because}" : item.Word,
    };

    private bool Related(int a, int b) => a == b || string.Equals(Group(a), Group(b), StringComparison.Ordinal) || vocabulary.Processes[b].Covers.Any(c => c.Index == a);

    // 棚 … ブラケットごと溶接, 紙の筒 印刷巻き: work that a maker of the thing does on his way.
    private bool IsPartWork(Mention step) => step.IsOpen && step.InferredFrom is null && vocabulary.Processes[step.Best].Is(ProcessTraits.Part) || step.IsOpen && step.InferredFrom is null && Cues.At(text, step.Start, "表面処理") || vocabulary.Processes[step.Best].Is(ProcessTraits.Print);

    /// <summary>Work on a piece that something else makes.</summary>
    private bool IsDetail(int process) => vocabulary.Processes[process].Is(ProcessTraits.Finish | ProcessTraits.Common | ProcessTraits.Detail);

    private bool IsFinishing(int process) => vocabulary.Processes[process].Is(ProcessTraits.Finish);

    private string Group(int process) => vocabulary.GroupOf(process);
}
