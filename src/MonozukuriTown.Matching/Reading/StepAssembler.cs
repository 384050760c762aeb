namespace MonozukuriTown.Matching;

/// <summary>Makes steps of what is spoken of: the same work said twice is one step, an open word gives way to a clear one.</summary>
internal sealed class StepAssembler(Vocabulary vocabulary, FoldedText text)
{
    public List<Mention> Assemble(List<Mention> mentions)
    {
        var wanted = mentions.Where(m => m.Role == MentionRole.Wanted).ToList();
        Alternatives(wanted);
        // 試作 says in what stage the order is, not how it is made.
        if (wanted.Exists(m => !Process(m).Is(ProcessTraits.Early)))
            wanted.RemoveAll(m => Process(m).Is(ProcessTraits.Early));
        wanted.RemoveAll(m => m.IsOpen && wanted.Exists(o => o != m && !o.IsOpen && o.Start >= m.End && o.Start - m.End <= 3 && SameGroup(o, m) && !Enumerated(m) && !Cues.At(text, m.End, "ト")));
        if (wanted.Exists(m => !m.IsWeak && !m.IsIncluded))
            wanted.RemoveAll(m => m.IsWeak && !m.IsIncluded && !m.IsOnly && !Enumerated(m));
        var steps = new List<Mention>();
        foreach (var m in wanted)
        {
            var same = steps.Find(s => s.Best == m.Best || Overlap(s, m) && (s.IsOpen || m.IsOpen));
            if (same is null)
                steps.Add(m);
            else if (same.IsOpen && !m.IsOpen)
                steps[steps.IndexOf(same)] = m;
            else
                Widen(same, m);
        }
        // 板金 beside レーザー and 曲げ is not a step of its own.
        steps.RemoveAll(s => IsWhole(s) && steps.Exists(o => o != s && !o.IsOpen && CoversWell(s.Best, o.Best)));
        return steps;
    }

    private Process Process(Mention m) => vocabulary.Processes[m.Best];

    private bool SameGroup(Mention a, Mention b) => vocabulary.Processes[a.Best].Parent == vocabulary.Processes[b.Best].Parent;

    private bool Enumerated(Mention m) =>
        m.Start > 0 && text[m.Start - 1] == '→' || m.End < text.Length && text[m.End] == '→';

    /// <summary>Sorts into working order unless the order draws arrows.</summary>
    public void Sort(List<Mention> steps)
    {
        if (!text.Folded.Contains('→', StringComparison.Ordinal))
        {
            var sorted = steps.OrderBy(s => Process(s).Stage).ToList();
            steps.Clear();
            steps.AddRange(sorted);
        }
    }

    private void Alternatives(List<Mention> wanted)
    {
        for (var i = wanted.Count - 1; i > 0; i--)
        {
            var (a, b) = (wanted[i - 1], wanted[i]);
            var instead = Cues.Instead(text, a.End);
            if (!instead && !Cues.IsOr(text, a.End, b.Start))
                continue;
            foreach (var p in b.Processes)
            {
                if (!a.Processes.Exists(x => x.Index == p.Index))
                    a.Processes.Add(new(p.Index, p.Weight * (instead ? 0.85 : 1)));
            }
            wanted.RemoveAt(i);
        }
    }

    private bool Overlap(Mention a, Mention b)
    {
        var (open, clear) = a.IsOpen ? (a, b) : (b, a);
        foreach (var p in open.Processes)
        {
            if (p.Weight < 0.25)
                continue;
            if (p.Index == clear.Best || vocabulary.Processes[p.Index].IsGroup && vocabulary.Processes[clear.Best].Parent == p.Index)
                return true;
        }
        return false;
    }

    private static void Widen(Mention kept, Mention other)
    {
        foreach (var p in other.Processes)
        {
            var at = kept.Processes.FindIndex(x => x.Index == p.Index);
            if (at < 0)
            {
                if (kept.IsOpen)
                    kept.Processes.Add(p);
            }
            else if (kept.Processes[at].Weight < p.Weight)
                kept.Processes[at] = p;
        }
        kept.Processes.Sort((a, b) => b.Weight.CompareTo(a.Weight));
    }

    private bool IsWhole(Mention m) => Process(m).Is(ProcessTraits.Whole);

    private bool CoversWell(int whole, int part)
    {
        foreach (var c in vocabulary.Processes[whole].Covers)
        {
            if (c.Index == part && c.Weight >= 0.5)
                return true;
        }
        return false;
    }
}
