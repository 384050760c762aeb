namespace MonozukuriTown.Core.Tables;

/// <summary>What a list's address asks for: <c>?sort=-updated&amp;after=…</c>. Bound from the query; anything unknown means the first page.</summary>
public sealed record PageQuery
{
    public const int DefaultSize = 50;
    public const int MaxSize = 200;

    /// <summary>A name of <see cref="ListSorts{T}"/>, with - before it for descending.</summary>
    public string? Sort { get; init; }

    /// <summary>The page after (before) this cursor; both come from <see cref="Page{T}"/>.</summary>
    public string? After { get; init; }
    public string? Before { get; init; }
    public int Size { get; init; } = DefaultSize;
}

/// <summary>One page of a list, and the cursors of its neighbours (null: there is none).</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Previous, string? Next, string Sort)
{
    /// <summary>How many there are in all, where the list asked for it.</summary>
    public int? Total { get; init; }
}
