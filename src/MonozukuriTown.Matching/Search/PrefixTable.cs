namespace MonozukuriTown.Matching;

/// <summary>
/// Texts in order, searched by their beginning and by beginnings with one slip of the fingers, in logarithmic time. Beside each text
/// stand its tails (from the second character, or from every one): a slip at the first character is a hit on a tail.
/// </summary>
internal sealed class PrefixTable
{
    private const int OffsetBits = 8;
    private const int MaxOffset = (1 << OffsetBits) - 1;

    private readonly string[] texts;
    private readonly int[] places;

    /// <param name="texts">Folded; may repeat.</param>
    /// <param name="allTails">Every tail is a place of its own, so that the middle of a text is found as well.</param>
    public PrefixTable(string[] texts, bool allTails)
    {
        this.texts = texts;
        var all = 0;
        foreach (var text in texts)
            all += Tails(text, allTails);
        places = new int[all];
        var keys = new ulong[all];
        var n = 0;
        for (var t = 0; t < texts.Length; t++)
        {
            for (var offset = 0; offset < Tails(texts[t], allTails); offset++)
            {
                keys[n] = Head(texts[t].AsSpan(offset));
                places[n++] = t << OffsetBits | offset;
            }
        }
        // Four characters at once as one number; only where they are equal the rest is compared.
        Array.Sort(keys, places);
        for (var i = 0; i < n;)
        {
            var end = i + 1;
            while (end < n && keys[end] == keys[i])
                end++;
            if (end - i > 1)
                places.AsSpan(i, end - i).Sort((x, y) => Tail(x).SequenceCompareTo(Tail(y)) is var order and not 0 ? order : x.CompareTo(y));
            i = end;
        }
    }

    public int Count => texts.Length;

    /// <summary>A hit: which text, and where in it the match begins.</summary>
    public readonly record struct Place(int Text, int Offset);

    /// <summary>Texts (and, with all tails, middles of texts) that begin so, in order of what follows.</summary>
    public IEnumerable<Place> StartingWith(string prefix)
    {
        var (low, high) = Range(0, places.Length, 0, prefix);
        for (var i = low; i < high; i++)
            yield return new(places[i] >> OffsetBits, places[i] & MaxOffset);
    }

    /// <summary>Adds the texts that equal the word but for one character too much, too little, wrong, or two in the wrong order.</summary>
    /// <param name="word">Two characters at least.</param>
    /// <param name="beginning">A longer text counts too when it begins so.</param>
    /// <param name="found">Takes the numbers of the texts.</param>
    public void OneSlip(string word, bool beginning, HashSet<int> found)
    {
        Take(word[1..], 0, 1, false);
        Take($"{word[1]}{word[0]}{word[2..]}", 0, 0, false);
        Take(word[1..], 1, 0, true);
        Take(word, 1, 0, true);
        var (low, high) = (0, places.Length);
        for (var p = 1; p <= word.Length; p++)
        {
            (low, high) = Range(low, high, p - 1, word.AsSpan(p - 1, 1));
            if (low == high)
                return;
            if (p < word.Length)
                Collect(Range(low, high, p, word.AsSpan(p + 1)), word.Length - 1, 0);
            if (p + 1 < word.Length)
                Collect(Range(low, high, p, $"{word[p + 1]}{word[p]}{word[(p + 2)..]}"), word.Length, 0);
            for (var i = low; i < high;)
            {
                var tail = Tail(places[i]);
                if (tail.Length <= p)
                {
                    i++;
                    continue;
                }
                var child = (Low: i, High: Bound(i, high, p, tail.Slice(p, 1), above: true));
                if (p < word.Length)
                    Collect(Range(child.Low, child.High, p + 1, word.AsSpan(p + 1)), word.Length, 0);
                if (p < word.Length || !beginning)
                    Collect(Range(child.Low, child.High, p + 1, word.AsSpan(p)), word.Length + 1, 0);
                i = child.High;
            }
        }

        // A slip at the first character: what follows it stands at the beginning, or one place further.
        void Take(string rest, int offset, int cut, bool tail)
        {
            if (rest.Length > 0)
                Collect(Range(0, places.Length, 0, rest), tail ? rest.Length : word.Length - cut, offset);
        }

        void Collect((int Low, int High) range, int length, int offset)
        {
            for (var i = range.Low; i < range.High; i++)
            {
                var (text, at) = (places[i] >> OffsetBits, places[i] & MaxOffset);
                if (at == offset && (beginning || texts[text].Length == length + offset))
                    found.Add(text);
            }
        }
    }

    private static int Tails(string text, bool all) => all ? Math.Min(text.Length, MaxOffset + 1) : Math.Min(text.Length, 2);

    private static ulong Head(ReadOnlySpan<char> text)
    {
        ulong head = 0;
        for (var i = 0; i < 4; i++)
            head = head << 16 | (i < text.Length ? text[i] : 0u);
        return head;
    }

    private ReadOnlySpan<char> Tail(int place) => texts[place >> OffsetBits].AsSpan(place & MaxOffset);

    // The places within [low, high), alike up to depth, that go on with these characters.
    private (int Low, int High) Range(int low, int high, int depth, ReadOnlySpan<char> next)
    {
        if (next.IsEmpty || low == high)
            return (low, high);
        var first = Bound(low, high, depth, next, above: false);
        // Mostly nothing begins so, and the first place behind says it.
        return first == high || !Tail(places[first])[depth..].StartsWith(next) ? (first, first) : (first, Bound(first, high, depth, next, above: true));
    }

    private int Bound(int low, int high, int depth, ReadOnlySpan<char> next, bool above)
    {
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var tail = Tail(places[middle]);
            tail = depth < tail.Length ? tail[depth..] : [];
            if (tail.Length > next.Length)
                tail = tail[..next.Length];
            var order = tail.SequenceCompareTo(next);
            if (order < 0 || above && order == 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
