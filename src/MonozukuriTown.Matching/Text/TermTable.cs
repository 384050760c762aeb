using System.Collections.Concurrent;

namespace MonozukuriTown.Matching;

/// <summary>Terms and their numbers; grows, never shrinks, safe to share between threads.</summary>
public sealed class TermTable
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly List<string> terms = [];

    public int Count => ids.Count;

    /// <summary>The id of a term, new when it has none.</summary>
    public int Add(ReadOnlySpan<char> term)
    {
        if (ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out var id))
            return id;
        lock (gate)
        {
            if (ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out id))
                return id;
            var text = term.ToString();
            terms.Add(text);
            return ids[text] = terms.Count - 1;
        }
    }

    /// <summary>The id of a term, -1 when no document has it.</summary>
    public int Find(ReadOnlySpan<char> term) =>
        ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out var id) ? id : -1;

    public string this[int id]
    {
        get
        {
            lock (gate)
                return terms[id];
        }
    }

    /// <summary>Terms that begin with these characters; for suggestions and prefix search.</summary>
    public IReadOnlyList<int> StartingWith(string prefix, int limit)
    {
        lock (gate)
        {
            var found = new List<int>();
            for (var i = 0; i < terms.Count && found.Count < limit; i++)
            {
                if (terms[i].StartsWith(prefix, StringComparison.Ordinal))
                    found.Add(i);
            }
            return found;
        }
    }
}
