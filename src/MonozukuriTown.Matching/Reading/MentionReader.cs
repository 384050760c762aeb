namespace MonozukuriTown.Matching;

/// <summary>Finds the processes an order speaks of, and in what role.</summary>
internal sealed class MentionReader(Vocabulary vocabulary, FoldedText text, Sentences sentences, IReadOnlyList<LexiconHit> hits)
{
    private const int MaxMentions = 80;

    public List<Mention> Read()
    {
        var mentions = new List<Mention>();
        var said = new Dictionary<LexiconEntry, int>();
        foreach (var hit in hits)
        {
            // A word said a fifth time says nothing new, and nobody orders a hundred steps.
            if (mentions.Count >= MaxMentions)
                break;
            said[hit.Entry] = said.GetValueOrDefault(hit.Entry) + 1;
            if (said[hit.Entry] > 4)
                continue;
            List<Weighted>? processes = null;
            var material = false;
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Process)
                    (processes ??= []).Add(new(m.Index, m.Weight));
                material |= m.Kind == MeaningKind.Material;
            }
            if (processes is null)
                continue;
            processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
            var open = hit.Entry.IsAmbiguous || vocabulary.Processes[processes[0].Index].IsGroup;
            var mention = new Mention
            {
                Start = hit.Start,
                End = hit.End,
                Processes = processes,
                IsOpen = open,
                IsWeak = open && IsWeak(processes) && !IsAsked(hit.End) && !Cues.IsOutOfOrder(text, hit.Start, hit.End) && !Cues.IsLacked(text, hit.End),
                IsMaterial = material,
                Sureness = open ? 0.85 : 1,
            };
            if (Cues.StartsAfter(text, hit.End, Hedges))
                mention.Sureness *= 0.9;
            mention.Role = Role(mention);
            mention.IsOnly = Cues.Only(text, mention);
            mention.IsIncluded = Cues.Included(text, mention);
            mention.IsWished = Cues.IsWished(text, hit.Start, hit.End);
            mentions.Add(mention);
        }
        Refined(mentions);
        Listed(mentions);
        Refused(mentions);
        Sentences(mentions);
        Objects(mentions);
        Only(mentions);
        return mentions;
    }

    // 焼付(粉体), 表面処理(アルマイト), 研磨:センタレス: what stands in brackets says which kind.
    private void Refined(List<Mention> mentions)
    {
        for (var i = mentions.Count - 2; i >= 0; i--)
        {
            var (m, inner) = (mentions[i], mentions[i + 1]);
            // CNC wire EDM
            if (m.IsOpen && Cues.At(text, m.Start, "cnc") && m.End - m.Start == 3 && inner.Start == m.End + 1 && text[m.End] == ' ')
                m.Role = MentionRole.Context;
            if (inner.End > text.Length || inner.Start <= m.End || !(text[m.End] == '(' && inner.Start == m.End + 1 && inner.End < text.Length || text[m.End] == ':' && m.IsOpen && inner.Start - m.End <= 3))
                continue;
            var group = Group(m.Best);
            var kept = inner.Processes.FindAll(p => string.Equals(Group(p.Index), group, StringComparison.Ordinal));
            if (kept.Count == 0)
                continue;
            inner.Processes.Clear();
            inner.Processes.AddRange(kept);
            if (m.Role == MentionRole.Wanted)
                m.Role = MentionRole.Context;
            else
                inner.Role = m.Role;
        }
    }

    private static readonly string[] Joints = Cues.F("と", "・", "や", "、", ",", "および", "及び", "も", " and ", " or ", "」「", "」、「", "」と「", "加工と", "加工や", "加工、", "加工・", "/", "か");

    // 打ち抜きとレーザーは不可, 塗装・めっきは要りません: what is said of the last holds for all of a list.
    private void Listed(List<Mention> mentions)
    {
        for (var i = mentions.Count - 2; i >= 0; i--)
        {
            var (m, next) = (mentions[i], mentions[i + 1]);
            if (m.Role != MentionRole.Wanted || next.Role is not (MentionRole.RuledOut or MentionRole.Done) || next.Start - m.End > 4 || next.Start <= m.End)
                continue;
            foreach (var joint in Joints)
            {
                // ろう付けかTIG、塗装は自分で: what one does himself is one thing of a list only where a word joins them.
                if (joint.Length == next.Start - m.End && Cues.At(text, m.End, joint) && !(next.Role == MentionRole.Done && joint is "、" or ","))
                    m.Role = next.Role;
            }
        }
    }

    // メッキすると怖いのでメッキ以外: what is refused in a sentence is not asked for in the same one. コーティングがすぐ剥げる: what fails is
    // there, when work is asked elsewhere.
    private void Refused(List<Mention> mentions)
    {
        foreach (var m in mentions)
        {
            if (m.Role != MentionRole.Wanted)
                continue;
            // アルミダイカストのハウジング … 素材:支給(ダイカスト品): the blank is handed over.
            if (Group(m.Best) is "cast" or "press" or "mold" && mentions.Exists(o => o != m && string.Equals(Group(o.Best), Group(m.Best), StringComparison.Ordinal) && Cues.IsSupplied(text, o.Start, o.End)))
                m.Role = MentionRole.Done;
            if (mentions.Exists(o => o.Role == MentionRole.RuledOut && o.Best == m.Best && sentences.Find(o.Start).From == sentences.Find(m.Start).From && o.IsOpen == m.IsOpen))
                m.Role = MentionRole.RuledOut;
            else if (Cues.IsFailing(text, m.End) && mentions.Exists(o => o.Role == MentionRole.Wanted && o.Best != m.Best && sentences.Find(o.Start).From != sentences.Find(m.Start).From))
                m.Role = MentionRole.Context;
        }
    }

    private bool IsWeak(List<Weighted> processes)
    {
        if (processes[0].Weight > 0.75)
            return false;
        foreach (var p in processes)
        {
            if (!string.Equals(Group(p.Index), Group(processes[0].Index), StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    // In a long mail the sentences that ask or give figures are the order; the others are about the sender.
    private void Sentences(List<Mention> mentions)
    {
        if (mentions.Count < 2 || !mentions.Exists(m => sentences.KindAt(m.Start) == SentenceKind.Order))
            return;
        foreach (var m in mentions)
        {
            if (m.Role == MentionRole.Wanted && sentences.KindAt(m.Start) != SentenceKind.Order && !(IsThing(m.Best) && sentences.IsTroubled(m.Start)))
                m.Role = MentionRole.Context;
        }
    }

    private MentionRole Role(Mention m)
    {
        // 引き直して, 張り直して is done again, not repaired.
        if (text[m.Start] == '直' && m.Start > 0 && FoldedText.IsHiragana(text.Written(m.Start - 1)) && text[m.Start - 1] is not ('ヲ' or 'テ' or 'ニ' or 'ガ' or 'ハ' or 'デ' or 'モ'))
            return MentionRole.Context;
        if (Cues.IsOutOfOrder(text, m.Start, m.End))
            return MentionRole.Wanted;
        if (Cues.IsNever(text, m.End) || Cues.IsShape(text, m.End))
            return MentionRole.Context;
        if (Cues.IsDescribed(text, m.End) || m.End - m.Start <= 3 && IsNumbered(m.Start))
            return MentionRole.Context;
        if (Cues.IsPartOfWord(text, m.End) || Cues.IsMachine(text, m.Start, m.End) || Cues.IsFormError(text, m.End) || Cues.IsLikeness(text, m.End) || Cues.IsHeld(text, m.End) && IsThing(m.Best) || Cues.IsNow(text, m.Start) || Cues.IsToChange(text, m.End) || Cues.IsOfTool(text, m.End))
            return MentionRole.Context;
        // プーリー(鋳鉄 φ400): the bracket says what it is made of.
        if (m.Start > 0 && text[m.Start - 1] is '(' && text[m.End - 1] is '鉄' or '鋼' or '銅')
            return MentionRole.Context;
        // 図面はFusion360: how it was drawn.
        if (vocabulary.Processes[m.Best].Id is "sys.design" && Cues.IsDrawnWith(text, m.Start))
            return MentionRole.Context;
        if (Cues.IsInFirmName(text, m.Start, m.End))
            return MentionRole.Context;
        if (Cues.IsOwnMachine(text, m.End) || sentences.IsName(m.Start))
            return MentionRole.OwnTrade;
        if (Cues.IsOwnTrade(text, m.Start, m.End))
            return MentionRole.OwnTrade;
        if (Cues.Done(text, m.Start, m.End))
            return MentionRole.Done;
        if (Cues.RuledOut(text, m.Start, m.End))
            return MentionRole.RuledOut;
        return Cues.HasPurposeAfter(text, m.End) || Cues.IsInClause(text, m.End) ? MentionRole.Context : MentionRole.Wanted;
    }

    // 3曲げ counts; t4.5溶接 gives a thickness and then the work.
    private bool IsNumbered(int start)
    {
        var i = start;
        while (i > 0 && char.IsAsciiDigit(text[i - 1]))
            i--;
        return i < start && (i == 0 || text[i - 1] is not ('.' or 'φ' or 'x' or 't' or '×' or '#') && !FoldedText.IsLatin(text[i - 1]));
    }

    private static readonly string[] Hedges = Cues.F("かも", "でしょうか", "かな", "かもしれ", "maybe", "perhaps");

    private static readonly string[] PartOf = Cues.F("入り", "付き", "付", "止め", "つき", "貼り", "貼付", "張り付");

    // ボルトの亜鉛めっき: the bolt is what the plating is for, when work on it follows. M3ナット入り: the nut is a part.
    private void Objects(List<Mention> mentions)
    {
        for (var i = 0; i < mentions.Count; i++)
        {
            var m = mentions[i];
            if (m.Role != MentionRole.Wanted)
                continue;
            if (StartsWith(m.End, PartOf) && (IsThing(m.Best) || m.IsOpen || Group(m.Best) is "mold"))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            if (i + 1 < mentions.Count && mentions[i + 1].Role == MentionRole.Wanted && (Purposed(m.End, mentions[i + 1].Start) || IsThing(m.Best) && mentions[i + 1].Start == m.End + 1 && text[m.End] == 'ノ' && !vocabulary.Processes[mentions[i + 1].Best].Is(ProcessTraits.Common)))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            // S50C調質, S45Cの調質材: the state in which the steel is bought.
            if (vocabulary.Processes[m.Best].Id is "heat.qt" && (Cues.At(text, m.Start, "調質") || Cues.At(text, m.Start, "hardened") || Cues.At(text, m.Start, "tempered")) && !Cues.At(text, m.End, "処理") && AfterMaterial(m.Start) && mentions.Exists(o => o != m && o.Role == MentionRole.Wanted))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            // heat treatment of shafts: the piece is there.
            if (i > 0 && (m.IsOpen || IsThing(m.Best)) && mentions[i - 1] is { Role: MentionRole.Wanted } before && m.Start - before.End < 28 && (IsFinishing(before.Best) || Group(before.Best) is "heat") && Cues.IsWorkedOn(text, m.Start))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            // 亜鉛めっき SCM435ボルト: finishing that leads is what is asked; ワイヤーカットで歯車の…: the method says who.
            if (i > 0 && mentions[i - 1] is { Role: MentionRole.Wanted } lead && ((lead.Start < 4 || lead.Start <= 16 && FoldedText.IsLatin(text[0]) && Group(lead.Best) is "heat" or "surf") && (IsFinishing(lead.Best) || Group(lead.Best) is "heat") && IsThing(m.Best) && m.Start - lead.End < 16
                || Cues.At(text, lead.End, "デ") && !lead.IsOpen && Group(lead.Best) is "edm" or "sheet" && (Group(m.Best) is "gear" || IsThing(m.Best)) && m.Start - lead.End < 16))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            // 抜型 A式: what the die is for.
            if (Group(m.Best) is "soft" && mentions.Exists(o => o.Role == MentionRole.Wanted && vocabulary.Processes[o.Best].Id is "die.board"))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            // ハーネスの検査治具: what a jig or a machine is for.
            if (i + 1 < mentions.Count && mentions[i + 1] is { Role: MentionRole.Wanted } tool && tool.Start == m.End + 1 && text[m.End] == 'ノ' && IsThing(tool.Best) && Group(tool.Best) is "die")
            {
                m.Role = MentionRole.Context;
                continue;
            }
            if (IsThing(m.Best) && StartsWith(m.End, PartOfThing))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            // アルミ鍛造のホイールに彫刻, パレットのキャップ: how the thing was made, or what it belongs to.
            if (Cues.IsOwner(text, m.End) && (Group(m.Best) is "press" or "cast" or "mold" && !Making(m) && mentions.Exists(o => o != m && o.Role == MentionRole.Wanted && o.Start > m.Start) || IsThing(m.Best) && m.IsOpen))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            // 錆びてきたコンベヤの酸洗い: the thing in trouble is there when finishing is asked.
            if (IsThing(m.Best) && sentences.IsTroubled(m.Start) && mentions.Exists(o => o != m && o.Role == MentionRole.Wanted && IsFinishing(o.Best)) && mentions.TrueForAll(o => o == m || o.Role != MentionRole.Wanted || IsFinishing(o.Best)))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            var bound = Cues.At(text, m.End, "ノ") || Cues.At(text, m.End, "ニ") || Cues.At(text, m.End, "ヘ") || Cues.At(text, m.End, "ヲ");
            // 鋳物カバーを塗装, アルミ治具に硬質アルマイト: what is finished is there already.
            var finished = (m.IsMaterial || IsThing(m.Best) || Cues.EndsBefore(text, m.End, Structures)) && mentions.Exists(o => o != m && o.Role == MentionRole.Wanted && o.Start > m.Start && IsFinishing(o.Best));
            // 成形品に印刷, 鍛造品を研磨: a product of the work is there.
            var product = (Cues.EndsBefore(text, m.End, Products) || Cues.At(text, m.End, "品ノ") || Cues.At(text, m.End, "品ニ") || Cues.At(text, m.End, "品ヲ") || Cues.At(text, m.End, "品、") || Cues.At(text, m.End, "品 ")) && mentions.Exists(o => o != m && o.Role == MentionRole.Wanted && (IsFinishing(o.Best) || o.Start > m.Start && bound));
            var cut = Group(m.Best) is "die" && mentions.Exists(o => o != m && o.Role == MentionRole.Wanted && !o.IsWeak && Group(o.Best) is "cut" or "edm");
            // アルミ鋳物にヒビ: what is broken is there.
            var broken = m.IsMaterial && sentences.IsTroubled(m.Start);
            // 金型のコアピン: the part is what is asked.
            var part = Group(m.Best) is "die" && mentions.Exists(o => o != m && o.Role == MentionRole.Wanted && vocabulary.Processes[o.Best].Id is "die.part") && vocabulary.Processes[m.Best].Id is not "die.part";
            if (finished && !IsAsked(m.End) && !(m.IsMaterial && IsMass) && (bound || m.IsMaterial || Group(m.Best) is "die") || cut || broken || part || product)
            {
                m.Role = MentionRole.Context;
                continue;
            }
            // 基板に半田付け, FPCにコネクタ: what work is done to.
            var place = Group(m.Best) is "elec" && Cues.At(text, m.End, "ニ");
            if (!IsThing(m.Best) && !place || !bound)
                continue;
            for (var j = i + 1; j < mentions.Count; j++)
            {
                var work = mentions[j];
                if (work.Role != MentionRole.Wanted || IsThing(work.Best))
                    continue;
                if (!SameSentence(m.End, work.Start))
                    break;
                m.Role = MentionRole.Context;
                break;
            }
        }
    }

    // 研磨だけ: what is not said to be wanted as well falls away; 表面処理のみ keeps the kind of it that is named. In a long mail
    // 「箱だけ新しく作り」 speaks of its own sentence, 「穴だけで結構」 of all.
    private void Only(List<Mention> mentions)
    {
        // 切断と穴あけだけ: the whole list.
        for (var i = mentions.Count - 2; i >= 0; i--)
        {
            var (m, next) = (mentions[i], mentions[i + 1]);
            if (m.Role == MentionRole.Wanted && next.IsOnly && next.Role == MentionRole.Wanted && next.Start > m.End && next.Start - m.End <= 3 && Joints.Any(j => j.Length == next.Start - m.End && Cues.At(text, m.End, j)))
                m.IsOnly = true;
        }
        foreach (var only in mentions.FindAll(m => m.IsOnly && m.Role == MentionRole.Wanted))
        {
            var (from, to, _) = text.Length < LongOrder || Cues.OnlyOfAll(text, only.End) ? (0, text.Length, SentenceKind.Order) : sentences.Find(only.Start);
            only.IsOnly = from == 0 && to == text.Length;
            foreach (var m in mentions)
            {
                if (m != only && m.Start >= from && m.Start < to && m.Role == MentionRole.Wanted && !m.IsOnly && !m.IsIncluded && only.Start != m.End && !(only.IsOpen && string.Equals(Group(only.Best), Group(m.Best), StringComparison.Ordinal)))
                    m.Role = MentionRole.Done;
            }
        }
    }

    private const int LongOrder = 90;

    private bool StartsWith(int at, string[] words)
    {
        foreach (var w in words)
        {
            if (Cues.At(text, at, w))
                return true;
        }
        return false;
    }

    private static readonly string[] Products = Cues.F("品", "部品", "物", "材", "parts", "part");

    private static readonly string[] PartOfThing = Cues.F("の取っ手", "の把手", "の金具", "の留め具", "の蝶番", "の部品", "の一部", "の中の", "部品が", "の交換部品");

    // パッキンを抜くためのビク型: what it is for is not what is asked.
    private bool Purposed(int from, int to) => to > from && to - from <= 12 && text.Folded.AsSpan(from, to - from).Contains("タメノ", StringComparison.Ordinal);

    private bool AfterMaterial(int start)
    {
        foreach (var hit in hits)
        {
            if (hit.End <= start && start - hit.End <= 2 && (hit.End == start || text[hit.End] is 'ノ' or ' ' or ',') && hit.Entry.Meanings.Exists(x => x.Kind == MeaningKind.Material))
                return true;
        }
        return false;
    }

    private static readonly string[] Structures = Cues.F("鉄骨", "架台", "フレーム", "構造物", "階段", "鉄塔", "橋");

    private static readonly string[] AskedAfter = Cues.F("が欲し", "がほし", "を作", "をつく", "を製作", "の製作", "製作", "を新規", "が必要", "を起こ");

    // 木型が欲しい: asked for, whatever finishing follows.
    private bool IsAsked(int end)
    {
        foreach (var w in AskedAfter)
        {
            if (Cues.At(text, end, w))
                return true;
        }
        return false;
    }

    /// <summary>Thousands, or a number every month: nobody hands those in to have them finished without saying so.</summary>
    public bool IsMass { get; init; }

    private static readonly string[] MakingWords = Cues.F("製作", "型込", "型から", "型製作", "新規", "量産", "万台", "万個", "万本", "作りたい", "作って");

    // ダイカストのミニカーボディ、型製作込み: the thing is to be made that way.
    private bool Making(Mention m)
    {
        var to = m.End;
        while (to < text.Length && to - m.End < 60 && !Cues.IsSentenceEnd(text, to))
            to++;
        var rest = text.Folded.AsSpan(m.End, to - m.End);
        foreach (var w in MakingWords)
        {
            if (rest.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private bool IsFinishing(int process) => vocabulary.Processes[process].Is(ProcessTraits.Finish);

    private string Group(int process) => vocabulary.GroupOf(process);

    private bool SameSentence(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (Cues.IsSentenceEnd(text, i))
                return false;
        }
        return true;
    }

    /// <summary>A word that names a thing rather than work on it.</summary>
    private bool IsThing(int process) => vocabulary.Processes[process].Is(ProcessTraits.Thing);
}
