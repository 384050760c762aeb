namespace MonozukuriTown.Matching;

/// <summary>A name somebody looks for, in the forms names are kept in.</summary>
/// <param name="Written">Folded, without legal form, blanks and hyphens.</param>
/// <param name="Sound">See <see cref="SoundKey"/>; null when it holds kanji or is no romaji.</param>
/// <param name="Latin">The sound in Latin letters, or what was typed in them; null when it holds kanji.</param>
internal sealed record NameQuery(string Written, string? Sound, string? Latin)
{
    /// <summary>Two kana are in half of all names; from here on the middle of a name counts as well.</summary>
    public const int ShortestMiddle = 3;

    public static NameQuery Of(string folded)
    {
        var bare = LegalForm.Bare(folded);
        var sound = SoundKey.Of(bare);
        return new(bare, sound, sound is not null ? SoundKey.Latin(sound) : bare.All(FoldedText.IsLatin) ? bare : null);
    }
}

/// <summary>Names of the companies of a block as they are written and as they sound; built with the block.</summary>
internal sealed class NameIndex
{
    private const float Whole = 60;
    private const float Beginning = 25;
    private const float Middle = 6;

    private readonly PrefixTable written;
    private readonly PrefixTable sounds;
    private readonly string[] writtenNames;
    private readonly string[] soundNames;
    private readonly ushort[] writtenOwners;
    private readonly ushort[] soundOwners;

    public NameIndex(CompanyReading[] readings)
    {
        List<(string Text, ushort Company)> names = new(readings.Length * 2);
        List<(string Text, ushort Company)> read = new(readings.Length);
        for (var c = 0; c < readings.Length; c++)
        {
            var facts = readings[c].Facts;
            var name = FoldedText.Fold(facts.Name);
            var bare = LegalForm.Bare(name);
            names.Add((bare, (ushort)c));
            if (facts.EnglishName.Length > 0)
                names.Add((LegalForm.Bare(FoldedText.Fold(facts.EnglishName)), (ushort)c));
            if (SoundKey.Of(facts.Kana.Length > 0 ? LegalForm.Bare(FoldedText.Fold(facts.Kana)) : bare) is { } sound)
            {
                read.Add((sound, (ushort)c));
                names.Add((SoundKey.Latin(sound), (ushort)c));
            }
        }
        writtenNames = [.. names.Select(n => n.Text)];
        soundNames = [.. read.Select(n => n.Text)];
        written = new(writtenNames, allTails: false);
        sounds = new(soundNames, allTails: true);
        writtenOwners = [.. names.Select(n => n.Company)];
        soundOwners = [.. read.Select(n => n.Company)];
    }

    /// <summary>Notes for each company how well its name is met, and that it is.</summary>
    public void Match(NameQuery query, Span<float> scores, CompanySet found)
    {
        if (query.Written.Length >= 2)
        {
            foreach (var place in written.StartingWith(query.Written))
            {
                if (place.Offset > 0)
                    continue;
                Note(writtenOwners[place.Text], writtenNames[place.Text].Length == query.Written.Length ? Whole : Beginning, scores, found);
            }
        }
        if (query.Sound is not { Length: >= 2 } sound)
            return;
        foreach (var place in sounds.StartingWith(sound))
        {
            if (place.Offset > 0 && sound.Length < NameQuery.ShortestMiddle)
                continue;
            Note(soundOwners[place.Text], place.Offset > 0 ? Middle : soundNames[place.Text].Length == sound.Length ? Whole : Beginning, scores, found);
        }
    }

    private static void Note(ushort company, float score, Span<float> scores, CompanySet found)
    {
        scores[company] = Math.Max(scores[company], score);
        found[company] = true;
    }

    /// <summary>Companies whose name is one slip away; a longer name counts when what was typed is not too short to tell.</summary>
    public IEnumerable<int> Alike(NameQuery query)
    {
        HashSet<int> texts = [];
        if (query.Written.Length >= 3)
            written.OneSlip(query.Written, query.Written.Length >= 4, texts);
        if (query.Latin is { Length: >= 5 } latin)
            written.OneSlip(latin, latin.Length >= 6, texts);
        foreach (var text in texts)
            yield return writtenOwners[text];
        texts.Clear();
        if (query.Sound is { Length: >= 4 } sound)
            sounds.OneSlip(sound, sound.Length >= 5, texts);
        foreach (var text in texts)
            yield return soundOwners[text];
    }

    /// <summary>Companies whose written or spoken name begins so.</summary>
    public IEnumerable<int> StartingWith(NameQuery query)
    {
        foreach (var place in written.StartingWith(query.Written))
        {
            if (place.Offset == 0)
                yield return writtenOwners[place.Text];
        }
        if (query.Sound is not { } sound)
            yield break;
        foreach (var place in sounds.StartingWith(sound))
        {
            if (place.Offset == 0)
                yield return soundOwners[place.Text];
        }
    }
}
