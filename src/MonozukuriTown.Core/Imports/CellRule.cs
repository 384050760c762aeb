namespace MonozukuriTown.Core.Imports;

/// <summary>One thing that can be said of a <typeparamref name="T"/>: how a cell is read, how it is emptied, and how it is written.</summary>
/// <param name="Read">Makes the change out of the cell; throws <see cref="CellException"/> with the reason.</param>
/// <param name="Empty">The change that empties it; null when it can't be empty.</param>
/// <param name="Show">As it is written; what it gives can be read again.</param>
internal sealed record CellRule<T>(Func<Cell, Action<T>> Read, Action<T>? Empty, Func<T, string> Show)
{
    /// <summary>The same of something that has a <typeparamref name="T"/>.</summary>
    public CellRule<TWhole> Of<TWhole>(Func<TWhole, T> part) => new(
        cell =>
        {
            var set = Read(cell);
            return whole => set(part(whole));
        },
        Empty is { } empty ? whole => empty(part(whole)) : null,
        whole => Show(part(whole)));
}

internal static class CellRules
{
    /// <summary>Something that may be missing.</summary>
    public static CellRule<T> Optional<T>(Func<Cell, string> read, Func<T, string?> get, Action<T, string?> set) =>
        new(cell => Set(read(cell), (T whole, string value) => set(whole, value)), whole => set(whole, null), whole => get(whole) ?? "");

    /// <summary>Something that is always there.</summary>
    public static CellRule<T> Required<T, TValue>(Func<Cell, TValue> read, Func<T, string> show, Action<T, TValue> set) => new(cell => Set(read(cell), set), null, show);

    public static CellRule<T> Words<T>(Func<T, List<string>> get, Action<T, List<string>> set) => new(
        cell => Set(cell.Words(Companies.Company.WordMax, Companies.Company.WordsMax), (T whole, List<string> words) => set(whole, [.. words])),
        whole => set(whole, []), whole => string.Join('、', get(whole)));

    public static CellRule<T> Flag<T>(Func<T, bool> get, Action<T, bool> set) =>
        new(cell => Set(cell.Flag(), set), whole => set(whole, false), whole => get(whole) ? "はい" : "いいえ");

    public static Action<T> Set<T, TValue>(TValue value, Action<T, TValue> set) => whole => set(whole, value);
}
