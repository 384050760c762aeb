namespace MonozukuriTown.Matching;

/// <summary>A word of the vocabulary found in a folded text.</summary>
internal readonly record struct LexiconHit(int Start, int End, LexiconEntry Entry)
{
    public int Length => End - Start;
}

/// <summary>
/// Covers a text with words of the vocabulary, from the left, the longest first: めっき治具 is found whole, so めっき is not.
/// Linear in the text: each place walks at most the longest word.
/// </summary>
internal static class LexiconScanner
{
    public static List<LexiconHit> Scan(Lexicon lexicon, FoldedText text)
    {
        var hits = Cover(lexicon, text);
        hits.RemoveAll(h => h.Entry.Meanings.Count == 0);
        return hits;
    }

    /// <summary>The same with the words that mean nothing, which only protect what they cover.</summary>
    public static List<LexiconHit> Cover(Lexicon lexicon, FoldedText text)
    {
        var hits = new List<LexiconHit>();
        var i = 0;
        while (i < text.Length)
        {
            var hit = Longest(lexicon, text, i, hits.Count > 0 ? hits[^1].End : 0);
            if (hit.Entry is null)
            {
                i++;
                continue;
            }
            hits.Add(hit);
            i = hit.End;
        }
        return hits;
    }

    private static LexiconHit Longest(Lexicon lexicon, FoldedText text, int start, int lastEnd)
    {
        var found = default(LexiconHit);
        var node = 0;
        for (var i = start; i < text.Length; i++)
        {
            var next = lexicon.Step(node, text[i]);
            if (next < 0)
            {
                // SUS-304 and SUS 304 are SUS304.
                if (text[i] is '-' or ' ' && i > start && i + 1 < text.Length && FoldedText.IsLatin(text[i - 1]) && char.IsAsciiDigit(text[i + 1]))
                    continue;
                break;
            }
            node = next;
            if (lexicon.At(node) is { } entry && Stands(entry, text, start, i + 1, lastEnd))
                found = new(start, i + 1, entry);
        }
        // ゴムタイヤ: a material may begin any compound.
        if (found.Entry is { NeedsEdges: true } && !found.Entry.Meanings.Exists(m => m.Kind == MeaningKind.Material) && !EndsFree(lexicon, text, found.End))
            return default;
        return found;
    }

    private static bool Stands(LexiconEntry entry, FoldedText text, int start, int end, int lastEnd)
    {
        var first = text[start];
        var last = text[end - 1];
        // Latin words and symbols are not parts of longer ones; a plural s or -ing and -ed are let through.
        if (FoldedText.IsLatin(first) && start > 0 && FoldedText.IsLatin(text[start - 1]))
            return false;
        // φ60×750 is no X-750.
        if (first == 'x' && text.Written(start) is not ('x' or 'X' or 'ｘ' or 'Ｘ'))
            return false;
        if (char.IsAsciiDigit(first) && start > 0 && (char.IsAsciiDigit(text[start - 1]) || text[start - 1] == '.' || FoldedText.IsLatin(text[start - 1])))
            return false;
        if (FoldedText.IsLatin(last) && end < text.Length && FoldedText.IsLatin(text[end]) && !Inflected(text, end, end - start))
            return false;
        // CR2032 is a cell, not chloroprene.
        if (end - start <= 2 && FoldedText.IsLatin(last) && end + 2 < text.Length && char.IsAsciiDigit(text[end]) && char.IsAsciiDigit(text[end + 1]) && char.IsAsciiDigit(text[end + 2]))
            return false;
        if (char.IsAsciiDigit(last) && end < text.Length && char.IsAsciiDigit(text[end]))
            return false;
        if (entry.NeedsCapitals && !char.IsAsciiLetterUpper(Narrow(text.Written(start))) && InLatin(text, start, end))
            return false;
        if (entry.NeedsScript && FoldedText.IsHiragana(text.Written(start)))
            return false;
        // 部品にクロムめっき is no ニクロム: a word of katakana doesn't begin with a particle.
        if (entry.IsKatakana && FoldedText.IsHiragana(text.Written(start)) && !FoldedText.IsHiragana(text.Written(start + 1)) && FoldedText.IsKatakana(text[start + 1]))
            return false;
        if (entry.NeedsFreeHan && (start > 0 && (FoldedText.IsHan(text[start - 1]) || char.IsAsciiDigit(text[start - 1]))
            || end < text.Length && FoldedText.IsHan(text[end])))
            return false;
        if (entry.NeedsFreeKana && FoldedText.IsHiragana(text.Written(start)) && (start > 0 && FoldedText.IsHiragana(text.Written(start - 1)) && !(text[start - 1] == 'ノ' && (start == 1 || !FoldedText.IsHiragana(text.Written(start - 2))))
            || end < text.Length && FoldedText.IsHiragana(text.Written(end)) && !"ヲノガハニトデモヤ".Contains(text[end], StringComparison.Ordinal)))
            return false;
        if (entry.NeedsEdges && start > 0 && start != lastEnd && FoldedText.IsKatakana(text[start - 1])
            && FoldedText.IsHiragana(text.Written(start - 1)) == FoldedText.IsHiragana(text.Written(start)) && !FoldedText.IsHiragana(text.Written(start)))
            return false;
        return true;
    }

    // What follows a short katakana word is no katakana, or begins with a word of its own.
    private static bool EndsFree(Lexicon lexicon, FoldedText text, int end)
    {
        if (end >= text.Length || !FoldedText.IsKatakana(text[end])
            || FoldedText.IsHiragana(text.Written(end)) || FoldedText.IsHiragana(text.Written(end - 1)))
            return true;
        var node = 0;
        for (var i = end; i < text.Length; i++)
        {
            node = lexicon.Step(node, text[i]);
            if (node < 0)
                return false;
            if (lexicon.At(node) is not null && i - end >= 1)
                return true;
        }
        return false;
    }

    private static bool Inflected(FoldedText text, int end, int length)
    {
        if (length < 4)
            return false;
        var stop = end;
        while (stop < text.Length && FoldedText.IsLatin(text[stop]))
            stop++;
        return text.Folded.AsSpan(end, stop - end) is "s" or "es" or "ed" or "d" or "ing" or "er" or "ers";
    }

    private static bool InLatin(FoldedText text, int start, int end)
    {
        var i = start - 1;
        while (i >= 0 && text[i] == ' ')
            i--;
        if (i >= 0 && i < start - 1 && FoldedText.IsLatin(text[i]))
            return true;
        i = end;
        while (i < text.Length && text[i] == ' ')
            i++;
        return i < text.Length && i > end && FoldedText.IsLatin(text[i]);
    }

    private static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;
}
