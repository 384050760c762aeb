namespace MonozukuriTown.Matching;

/// <summary>Finds the processes an order speaks of, and in what role.</summary>
internal sealed class MentionReader(Vocabulary vocabulary, FoldedText text, IReadOnlyList<LexiconHit> hits)
{
    public List<Mention> Read()
    {
        var mentions = new List<Mention>();
        foreach (var hit in hits)
        {
            List<Weighted>? processes = null;
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Process)
                    (processes ??= []).Add(new(m.Index, m.Weight));
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
                Sureness = open ? 0.85 : 1,
            };
            if (Hedged(hit.Start, hit.End))
                mention.Sureness *= 0.9;
            mention.Role = Role(mention);
            mention.IsOnly = Cues.Only(text, mention);
            mention.IsIncluded = Cues.Included(text, mention);
            mentions.Add(mention);
        }
        Objects(mentions);
        Only(mentions);
        return mentions;
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

    // ボルトの亜鉛めっき: the bolt is what the plating is for, when work on it follows.
    private void Objects(List<Mention> mentions)
    {
        for (var i = 0; i < mentions.Count; i++)
        {
            var m = mentions[i];
            if (m.Role != MentionRole.Wanted || !IsThing(m.Best) || !(Cues.At(text, m.End, "ノ") || Cues.At(text, m.End, "ニ") || Cues.At(text, m.End, "ヘ")))
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
        var only = mentions.FindIndex(m => m.IsOnly && m.Role == MentionRole.Wanted);
        if (only < 0)
            return;
        for (var i = 0; i < mentions.Count; i++)
        {
            var m = mentions[i];
            if (m.Role == MentionRole.Wanted && !m.IsOnly && !m.IsIncluded && (i < only || m.Start - mentions[only].End > 30))
                m.Role = MentionRole.Done;
        }
    }

    private bool SameSentence(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (Cues.IsSentenceEnd(text[i]))
                return false;
        }
        return true;
    }

    /// <summary>A word that names a thing rather than work on it.</summary>
    private bool IsThing(int process)
    {
        var p = vocabulary.Processes[process];
        var group = p.IsGroup ? p.Id : vocabulary.Processes[p.Parent].Id;
        return group is "die" or "fast" || p.Id is "elec.panel" or "sys.food" or "sys.medical" or "soft.box" or "soft.carton" or "soft.plate" or "gear.sprocket" or "gear.bevel" or "gear.worm" or "join.vessel" or "sys.auto";
    }
}
