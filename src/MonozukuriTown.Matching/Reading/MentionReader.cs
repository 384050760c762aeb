namespace MonozukuriTown.Matching;

/// <summary>Finds the processes an order speaks of, and in what role.</summary>
internal sealed class MentionReader(Vocabulary vocabulary, FoldedText text, IReadOnlyList<LexiconHit> hits)
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
                IsWeak = open && IsWeak(processes),
                IsMaterial = material,
                Sureness = open ? 0.85 : 1,
            };
            if (Hedged(hit.Start, hit.End))
                mention.Sureness *= 0.9;
            mention.Role = Role(mention);
            mention.IsOnly = Cues.Only(text, mention);
            mention.IsIncluded = Cues.Included(text, mention);
            mentions.Add(mention);
        }
        Sentences(mentions);
        Objects(mentions);
        Only(mentions);
        return mentions;
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

    private static readonly string[] Asking = Cues.F(
        "お願い", "おねがい", "希望", "探し", "さがし", "欲しい", "ほしい", "したい", "して下さ", "してくださ", "できます", "出来ます", "できない", "頼め", "頼み", "見積", "可能", "いただけ", "頂け", "もらえ", "もらいたい", "依頼", "必要",
        "下さい", "ください", "作り", "相談", "検討", "発注", "please", "need", "want", "looking", "quote", "require", "can you", "could you", "would like");

    private static readonly string[] Introducing = Cues.F("と申します", "と申し", "しております", "でございます", "my name", "i work", "we work");

    // In a long mail the sentences that ask or give figures are the order; the others are about the sender.
    private void Sentences(List<Mention> mentions)
    {
        if (mentions.Count < 2)
            return;
        var asks = new bool[mentions.Count];
        for (var i = 0; i < mentions.Count; i++)
        {
            var (from, to) = Sentence(mentions[i].Start);
            var sentence = text.Folded.AsSpan(from, to - from);
            var figures = false;
            foreach (var c in sentence)
                figures |= char.IsAsciiDigit(c);
            var asking = Contains(sentence, Asking);
            asks[i] = (figures || asking || to - from < 14) && !(Contains(sentence, Introducing) && !asking && !figures);
        }
        if (!Array.Exists(asks, a => a))
            return;
        for (var i = 0; i < mentions.Count; i++)
        {
            if (!asks[i] && mentions[i].Role == MentionRole.Wanted)
                mentions[i].Role = MentionRole.Context;
        }
    }

    private (int From, int To) Sentence(int at)
    {
        var from = at;
        while (from > 0 && at - from < 300 && !Cues.IsSentenceEnd(text, from - 1))
            from--;
        var to = at;
        while (to < text.Length && to - at < 300 && !Cues.IsSentenceEnd(text, to))
            to++;
        return (from, to);
    }

    private static bool Contains(ReadOnlySpan<char> sentence, string[] words)
    {
        foreach (var w in words)
        {
            if (sentence.Contains(w, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private MentionRole Role(Mention m)
    {
        if (Cues.IsOwnTrade(text, m.Start, m.End))
            return MentionRole.OwnTrade;
        if (Cues.Done(text, m.Start, m.End))
            return MentionRole.Done;
        if (Cues.RuledOut(text, m.Start, m.End))
            return MentionRole.RuledOut;
        return Cues.HasPurposeAfter(text, m.End) ? MentionRole.Context : MentionRole.Wanted;
    }

    private static readonly string[] Hedges = Cues.F("かも", "でしょうか", "かな", "かもしれ", "maybe", "perhaps");

    private bool Hedged(int start, int end)
    {
        _ = start;
        return Cues.StartsAfter(text, end, Hedges);
    }

    private static readonly string[] PartOf = Cues.F("入り", "付き", "付", "止め", "つき");

    // ボルトの亜鉛めっき: the bolt is what the plating is for, when work on it follows. M3ナット入り: the nut is a part.
    private void Objects(List<Mention> mentions)
    {
        for (var i = 0; i < mentions.Count; i++)
        {
            var m = mentions[i];
            if (m.Role != MentionRole.Wanted)
                continue;
            if (mentions.Count > 1 && StartsWith(m.End, PartOf) && (IsThing(m.Best) || m.IsOpen))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            if (i + 1 < mentions.Count && mentions[i + 1].Role == MentionRole.Wanted && (Purposed(m.End, mentions[i + 1].Start) || IsThing(m.Best) && mentions[i + 1].Start == m.End + 1 && text[m.End] == 'ノ'))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            if (IsThing(m.Best) && StartsWith(m.End, PartOfThing))
            {
                m.Role = MentionRole.Context;
                continue;
            }
            var bound = Cues.At(text, m.End, "ノ") || Cues.At(text, m.End, "ニ") || Cues.At(text, m.End, "ヘ") || Cues.At(text, m.End, "ヲ");
            // 鋳物カバーを塗装, アルミ治具に硬質アルマイト: what is finished is there already.
            var finished = (m.IsMaterial || IsThing(m.Best)) && mentions.Exists(o => o != m && o.Role == MentionRole.Wanted && o.Start > m.Start && IsFinishing(o.Best));
            var cut = Group(m.Best) is "die" && mentions.Exists(o => o != m && o.Role == MentionRole.Wanted && !o.IsWeak && Group(o.Best) is "cut" or "edm");
            if (finished && (bound || m.IsMaterial || Group(m.Best) is "die") || cut)
            {
                m.Role = MentionRole.Context;
                continue;
            }
            if (!IsThing(m.Best) || !bound)
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

    // 研磨だけ: what is not said to be wanted as well falls away.
    private static void Only(List<Mention> mentions)
    {
        if (!mentions.Exists(m => m.IsOnly && m.Role == MentionRole.Wanted))
            return;
        foreach (var m in mentions)
        {
            if (m.Role == MentionRole.Wanted && !m.IsOnly && !m.IsIncluded)
                m.Role = MentionRole.Done;
        }
    }

    private bool StartsWith(int at, string[] words)
    {
        foreach (var w in words)
        {
            if (Cues.At(text, at, w))
                return true;
        }
        return false;
    }

    private static readonly string[] PartOfThing = Cues.F("の部品", "の一部", "の中の", "部品が", "の交換部品");

    // パッキンを抜くためのビク型: what it is for is not what is asked.
    private bool Purposed(int from, int to) => to > from && to - from <= 12 && text.Folded.AsSpan(from, to - from).Contains("タメノ", StringComparison.Ordinal);

    private bool IsFinishing(int process) => Group(process) is "surf" or "fin" or "heat" || vocabulary.Processes[process].Id is "sys.cmm" or "sys.ct" or "sys.inspect" or "sys.test" or "sys.scan" or "soft.mark";

    private string Group(int process)
    {
        var p = vocabulary.Processes[process];
        return p.IsGroup ? p.Id : vocabulary.Processes[p.Parent].Id;
    }

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
    private bool IsThing(int process)
    {
        var p = vocabulary.Processes[process];
        var group = Group(process);
        return group is "die" or "fast" || p.Id is "elec.panel" or "sys.food" or "sys.medical" or "soft.box" or "soft.carton" or "soft.plate" or "gear.sprocket" or "gear.bevel" or "gear.worm" or "join.vessel" or "sys.auto";
    }
}
