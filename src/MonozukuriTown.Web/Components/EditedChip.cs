using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Components;

/// <summary>One fact of an order as the page shows it.</summary>
/// <param name="Index">Place in the list that is posted back.</param>
/// <param name="Chip">The fact as a string, see <see cref="RfqNeed.ToChips"/>.</param>
/// <param name="Fact">The fact itself.</param>
/// <param name="Typed">What the buyer typed over it and could not be read; null otherwise.</param>
/// <param name="Problem">Why not.</param>
public sealed record EditedChip(int Index, string Chip, NeedFact Fact, string? Typed = null, string? Problem = null);
