namespace MonozukuriTown.Matching;

/// <summary>Reads a company's own words with the vocabulary: what it does, how surely, from what, within which limits.</summary>
internal sealed class CompanyReader(Vocabulary vocabulary, TextAnalyzer analyzer)
{
    private static readonly string[] PartnerMarks = ["外注", "協力", "手配", "提携", "連携"];

    private readonly Dictionary<int, Evidence> best = [];
    private readonly Dictionary<int, Evidence> hidden = [];
    private readonly Dictionary<int, ImpliedProcess> implied = [];
    private readonly HashSet<int> denied = [];
    private HashSet<int>? told;
    private readonly HashSet<int> materials = [];
    private readonly HashSet<int> certifications = [];
    private readonly List<FactRow> rows = [];
    private readonly HashSet<int> focus = [];
    private bool isDrawing;
    private readonly Dictionary<int, float> share = [];

    public CompanyReading Read(CompanyFacts facts)
    {
        best.Clear();
        hidden.Clear();
        implied.Clear();
        denied.Clear();
        denied.UnionWith(Indexes(facts.DeniedProcesses));
        told = facts.ToldProcesses is { } ids ? [.. Indexes(ids)] : null;
        materials.Clear();
        certifications.Clear();
        rows.Clear();
        analyzer.Begin();

        rows.Add(new(facts.Limits, Materials(facts.Materials, TextField.Material)));
        Focus(facts);
        for (var i = 0; i < facts.Capabilities.Count; i++)
            Capability(facts, i);
        for (var i = 0; i < facts.Equipment.Count; i++)
            Machine(facts.Equipment[i], i);
        for (var i = 0; i < facts.Products.Count; i++)
            Words(facts.Products[i], TextField.Product, EvidenceSource.Product, i, MatchWeights.ProductEvidence);
        foreach (var industry in facts.Industries)
            analyzer.Add(TextField.Product, FoldedText.Of(industry), null);
        Words(facts.Summary, TextField.Text, EvidenceSource.Summary, 0, MatchWeights.SummaryEvidence);
        Words(facts.PrText, TextField.Text, EvidenceSource.Summary, 1, MatchWeights.SummaryEvidence * MatchWeights.Advertising);
        Words(facts.Name, TextField.Name, EvidenceSource.Name, 0, MatchWeights.NameEvidence);
        analyzer.Add(TextField.Name, FoldedText.Of(facts.Kana), null);
        analyzer.Add(TextField.Name, FoldedText.Of(facts.EnglishName), null);
        foreach (var c in facts.Certifications)
            Certification(c);
        analyzer.Add(TextField.Other, FoldedText.Of(facts.Town), null);

        return new()
        {
            Facts = facts,
            Evidence = [.. best.Values.OrderBy(e => e.Process)],
            StaffEvidence = hidden.Count == 0 ? [] : [.. hidden.Values.Where(e => !best.TryGetValue(e.Process, out var known) || e.Strength > known.Strength).OrderBy(e => e.Process)],
            Implied = implied.Count == 0 ? [] : [.. implied.Values.OrderBy(p => p.Process)],
            Rows = [.. rows],
            Materials = [.. materials.Order()],
            Certifications = [.. certifications.Order()],
            Text = analyzer.End(),
            KanaKey = KanaOrder.Key(facts.Kana.Length > 0 ? facts.Kana : facts.Name),
        };
    }

    // Which groups a company lives from: named first, or in more than a quarter of its capabilities.
    private void Focus(CompanyFacts facts)
    {
        focus.Clear();
        share.Clear();
        isDrawing = facts.Capabilities.Count > 0;
        var counts = new Dictionary<int, int>();
        for (var i = 0; i < facts.Capabilities.Count; i++)
        {
            if (vocabulary.ReadProcess(facts.Capabilities[i].Process) is not { } p)
                continue;
            isDrawing &= p.Stage == 0 && !p.IsGroup;
            var group = p.IsGroup ? p.Index : p.Parent;
            counts[group] = counts.GetValueOrDefault(group) + 1;
            if (i < 2)
                focus.Add(group);
        }
        foreach (var (group, n) in counts)
        {
            share[group] = (float)n / facts.Capabilities.Count;
            if (n * 4 > facts.Capabilities.Count)
                focus.Add(group);
        }
    }

    private int Group(int process) => vocabulary.Processes[process].IsGroup ? process : vocabulary.Processes[process].Parent;

    private float Line(int process)
    {
        var group = vocabulary.Processes[Group(process)];
        if (focus.Contains(group.Index))
            return 1 - MatchWeights.TradeShare + MatchWeights.TradeShare * share.GetValueOrDefault(group.Index);
        return vocabulary.Processes[process].Is(ProcessTraits.Finish) && group.Is(ProcessTraits.Finish) ? MatchWeights.SideLine : MatchWeights.SideWork;
    }

    private void Capability(CompanyFacts facts, int index)
    {
        var capability = facts.Capabilities[index];
        var row = 0;
        if (capability.Materials.Count > 0 || capability.Limits != LimitFacts.None)
        {
            row = rows.Count;
            var own = capability.Materials.Count > 0 ? Materials(capability.Materials, TextField.Material) : rows[0].Materials;
            rows.Add(new(capability.Limits.Over(facts.Limits), own));
        }
        // What a company names first is what it lives from.
        var strength = Math.Max(1f - MatchWeights.NamedLater * index, MatchWeights.NamedLast);
        if (vocabulary.FindProcess(capability.Process) is { } known)
        {
            analyzer.AddProcess(TextField.Process, known);
            analyzer.Add(TextField.Process, FoldedText.Of(known.Name), null);
            Believe(known.Index, strength * Line(known.Index), EvidenceSource.Capability, index, row, capability.ByPartner);
            return;
        }
        var text = FoldedText.Of(capability.Process);
        var hits = LexiconScanner.Scan(vocabulary.Lexicon, text);
        analyzer.Add(TextField.Process, text, hits);
        var partner = capability.ByPartner || PartnerMarks.Any(m => capability.Process.Contains(m, StringComparison.Ordinal));
        foreach (var hit in hits)
        {
            foreach (var m in hit.Entry.Meanings)
            {
                // 磨き in a mould shop is the polishing of moulds.
                if (m.Kind == MeaningKind.Process && hit.Entry.IsAmbiguous && vocabulary.Processes[m.Index].Id is "fin.moldpolish" && focus.Any(g => vocabulary.Processes[g].Id is "die"))
                {
                    Believe(m.Index, strength, EvidenceSource.Capability, index, row, partner);
                    break;
                }
            }
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Process)
                    Believe(m.Index, strength * Line(m.Index) * (float)(hit.Entry.IsAmbiguous && m.Weight >= 0.75 ? 1 : Math.Max(m.Weight, 0.5)) * (hit.Entry.IsAmbiguous ? MatchWeights.NeverSure : 1), EvidenceSource.Capability, index, row, partner);
            }
        }
    }

    private void Machine(EquipmentFacts machine, int index)
    {
        var kind = FoldedText.Of(machine.Kind);
        var hits = LexiconScanner.Scan(vocabulary.Lexicon, kind);
        analyzer.Add(TextField.Equipment, kind, hits);
        analyzer.Add(TextField.Equipment, FoldedText.Of(machine.Maker), null);
        analyzer.AddModel(TextField.Equipment, machine.Model);
        // The kind says what it is; maker and model only have to when the kind is silent.
        var model = vocabulary.MachineIndex.Find(machine.Maker, machine.Model);
        foreach (var hit in hits)
        {
            foreach (var m in hit.Entry.Meanings)
            {
                // ベンダー bends pipes or sheet: where the model tells which, only that is asked.
                if (m.Kind == MeaningKind.Process)
                    Imply(m.Index, (float)m.Weight, index, isOffered: model is not { Processes.Count: > 0 } || model.Processes.Any(p => p.Index == m.Index));
            }
        }
        var row = model ?? (hits.Count == 0 ? vocabulary.MachineIndex.FindKind(machine.Kind) : null);
        foreach (var p in row?.Processes ?? [])
            Imply(p.Index, (float)p.Weight, index, isOffered: true);
    }

    // What the company lists needs no telling; what only a machine shows is the company's to know first.
    private void Imply(int process, float weight, int machine, bool isOffered)
    {
        var listed = best.TryGetValue(process, out var known) && known.IsListed;
        if (isOffered && !listed && !vocabulary.Processes[process].IsGroup && weight > implied.GetValueOrDefault(process).Weight)
            implied[process] = new(process, machine, weight);
        if (denied.Contains(process))
            return;
        Believe(process, MatchWeights.EquipmentEvidence * weight, EvidenceSource.Equipment, machine, 0, partner: false,
            isHidden: told is not null && !listed && !told.Contains(process));
    }

    private IEnumerable<int> Indexes(IReadOnlyList<string> ids) => ids.Select(vocabulary.FindProcess).OfType<Process>().Select(p => p.Index);

    private void Words(string words, TextField field, EvidenceSource source, int place, float strength)
    {
        if (words.Length == 0)
            return;
        var text = FoldedText.Of(words);
        var hits = LexiconScanner.Scan(vocabulary.Lexicon, text);
        analyzer.Add(field, text, hits);
        foreach (var hit in hits)
        {
            var partner = SentenceHasPartner(words, text.Span(hit.Start, hit.End));
            foreach (var m in hit.Entry.Meanings)
            {
                // A summary names what passes through the shop as well as what the shop does: it only counts within its own trades.
                if (m.Kind == MeaningKind.Process)
                    Believe(m.Index, strength * (float)m.Weight * Trade(source, m.Index), source, place, 0, partner);
            }
        }
    }

    private float Trade(EvidenceSource source, int process)
    {
        // Who only draws writes of bending and welding as well: what others make of it.
        if (isDrawing && vocabulary.Processes[process].Stage > 0)
            return MatchWeights.OtherTrade;
        if (source != EvidenceSource.Summary || share.Count == 0)
            return 1;
        return focus.Contains(Group(process)) ? MatchWeights.OwnTrade : share.ContainsKey(Group(process)) ? 1 : MatchWeights.OtherTrade;
    }

    private static bool SentenceHasPartner(string text, TextSpan span)
    {
        var start = text.LastIndexOf('。', Math.Max(span.Start - 1, 0)) + 1;
        var end = text.IndexOf('。', Math.Min(span.End, text.Length - 1));
        var sentence = text.AsSpan(start, (end < 0 ? text.Length : end) - start);
        foreach (var mark in PartnerMarks)
        {
            if (sentence.Contains(mark, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private void Believe(int process, float strength, EvidenceSource source, int place, int row, bool partner, bool isHidden = false)
    {
        var kept = isHidden ? hidden : best;
        Keep(kept, new(process, strength, source, place, process, row, partner));
        var known = vocabulary.Processes[process];
        foreach (var c in known.Covers)
            Keep(kept, new(c.Index, c.Weight >= 0.9 ? strength * (float)c.Weight : Math.Min(strength * (float)c.Weight, MatchWeights.NeverSure), source, place, process, row, partner));
        if (known.IsGroup)
        {
            foreach (var leaf in vocabulary.Leaves(known))
                Keep(kept, new(leaf.Index, strength * MatchWeights.GroupForLeaf, source, place, process, row, partner));
        }
        else
        {
            Keep(kept, new(known.Parent, strength * MatchWeights.LeafForGroup, source, place, process, row, partner));
        }
    }

    // What is said twice, once as a capability and once in the summary, is the company's business: a little stronger.
    private void Keep(Dictionary<int, Evidence> kept, Evidence e)
    {
        if (denied.Contains(e.Process) && !(e.Source == EvidenceSource.Capability && e.Via == e.Process))
            return;
        if (!kept.TryGetValue(e.Process, out var known))
        {
            kept.Add(e.Process, e);
            return;
        }
        var inHouse = known.ByPartner == e.ByPartner ? 0 : known.ByPartner ? 1 : -1;
        var stronger = inHouse != 0 ? inHouse > 0 && e.Strength >= 0.5f : e.Strength > known.Strength;
        var winner = stronger ? e : known;
        if (known.Source != e.Source && Math.Min(known.Strength, e.Strength) >= 0.4f && winner.Strength > MatchWeights.NeverSure)
            winner = winner with { Strength = Math.Min(Math.Max(known.Strength, e.Strength) + MatchWeights.SaidTwice, 1.1f) };
        kept[e.Process] = winner;
    }

    private int[] Materials(IReadOnlyList<string> words, TextField field)
    {
        var found = new List<int>();
        foreach (var word in words)
        {
            if (vocabulary.FindMaterial(word) is { } known)
            {
                found.Add(known.Index);
                analyzer.AddMaterial(field, known);
                continue;
            }
            var text = FoldedText.Of(word);
            var hits = LexiconScanner.Scan(vocabulary.Lexicon, text);
            analyzer.Add(field, text, hits);
            foreach (var hit in hits)
            {
                foreach (var m in hit.Entry.Meanings)
                {
                    if (m.Kind == MeaningKind.Material)
                        found.Add(m.Index);
                }
            }
        }
        materials.UnionWith(found);
        return [.. found.Distinct()];
    }

    private void Certification(string word)
    {
        var text = FoldedText.Of(word);
        if (vocabulary.FindCertification(word) is { } byId)
        {
            certifications.Add(byId.Index);
            text = FoldedText.Of(byId.Name);
        }
        var hits = LexiconScanner.Scan(vocabulary.Lexicon, text);
        analyzer.Add(TextField.Other, text, hits);
        foreach (var hit in hits)
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind == MeaningKind.Certification)
                    certifications.Add(m.Index);
            }
        }
    }
}
