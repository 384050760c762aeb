namespace MonozukuriTown.Matching;

/// <content>Materials and certificates that are asked for, apart from those that are only named.</content>
internal sealed partial class OrderReading
{
    /// <summary>Words of materials that are looked at; an order that has more is none.</summary>
    private const int MaxMaterials = 200;

    private void Materials(RfqForm? form)
    {
        var mentions = new List<(int Index, int Start, int End)>();
        foreach (var hit in hits.Where(h => h.Entry.Meanings.Exists(m => m.Kind == MeaningKind.Material)).Take(MaxMaterials))
        {
            if (mentions.Count >= 40)
                break;
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind != MeaningKind.Material)
                    continue;
                // 1 pc is a count.
                if (hit.Length == 2 && Cues.At(text, hit.Start, "pc") && hit.Start > 1 && char.IsAsciiDigit(text[text[hit.Start - 1] == ' ' ? hit.Start - 2 : hit.Start - 1]))
                    break;
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

    private static readonly string[] NotMade = Cues.F("系", "色", "調の", "調に", "のまま", "をこね", "こね", "検出", "探知", "カラー", "っぽい", "ぽい", "ぽく", "的な", "の代わり", "代わり", "のかわり", "みたいな", "のような", "ライク", "風の", "をやっている", "加工屋", "工場", "屋", "アレルギー", "臭", "粉が", "価格", "粉体", "塗装", "塗料", "塗り", "ペイント", "コート", "コーティング", "接着剤", "パテ", "ワニス", "ニス", "つや", "艶", "クリア", "クリヤ", "で付け", "で貼", "で接着", "で固め", "で埋め", "で止め", "の接着", "めっき", "メッキ", "powder coat", " paint", " primer", " coating");

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
    private static readonly string[] HasAfter = Cues.F("を取得しています", "取得済みです", "は取得済", "持ってます", "の更新", "の審査", "更新審査", "の監査を控", "の監査が", "の監査に", "の監査対応", "の審査が", "の認証審査", "監査が", "監査を控", "監査に", "を運用して");

    private static readonly string[] Viewpoint = Cues.F("の観点", "対策", "の一環", "の関係");

    private static readonly string[] NotAsked = Cues.F("不要", "要りません", "いりません", "要らない", "必要ありません", "必要ない", "なくても", "無くても", "不問", "問いません", "問わない", "問いません", "までは求め", "までは要", "は求めません", "は求めてい", "not required", "not req", "not needed");

    // 水道協会の証明は … のため不要とする: said at the end of the sentence.
    private bool IsNotAsked(int end)
    {
        var to = end;
        while (to < text.Length && to - end < 60 && !Cues.IsSentenceEnd(text, to) && text[to] is not '、')
            to++;
        return Contains(text.Folded.AsSpan(end, to - end), NotAsked);
    }

    private bool IsOneOf(LexiconHit hit) => hits.Exists(o => o.Start != hit.Start && o.Entry.Meanings.Exists(m => m.Kind == MeaningKind.Certification)
        && (o.Start > hit.Start ? Cues.IsOr(text, hit.End, o.Start) && !Cues.At(text, hit.End, "/") : Cues.IsOr(text, o.End, hit.Start) && !Cues.At(text, o.End, "/")));

    /// <summary>More certificates than any order names.</summary>
    private const int MaxCertifications = 60;

    private void Certifications(RfqForm? form)
    {
        foreach (var hit in hits.Where(h => h.Entry.Meanings.Exists(m => m.Kind == MeaningKind.Certification)).Take(MaxCertifications))
        {
            foreach (var m in hit.Entry.Meanings)
            {
                if (m.Kind != MeaningKind.Certification || Cues.RuledOut(text, hit.Start, hit.End) || Cues.At(text, hit.End, "94") || Cues.StartsAfter(text, hit.End, Viewpoint) || Cues.StartsAfter(text, hit.End, HasAfter) || IsNotAsked(hit.End))
                    continue;
                var window = text.Folded.AsSpan(hit.End, Math.Min(14, text.Length - hit.End));
                // RoHS or CE is a property of the product, a welder's card one of a person: few companies list them; asked, never a reason to refuse.
                // WESかJISの有資格者: either will do.
                var wish = vocabulary.Certifications[m.Index].Kind is "product" or "skill" || Cues.EndsBefore(text, hit.Start, WishBefore) || IsOneOf(hit);
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
}
