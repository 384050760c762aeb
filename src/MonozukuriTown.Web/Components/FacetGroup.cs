using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Components;

/// <summary>One group of choices beside the results.</summary>
/// <param name="Id">Name of its fields: process, material …</param>
/// <param name="Title">加工.</param>
/// <param name="Choices">Shown at once.</param>
/// <param name="Rest">Behind ほかn件を見る.</param>
/// <param name="Open">Unfolded from the start.</param>
public sealed record FacetGroup(string Id, string Title, IReadOnlyList<FacetValue> Choices, IReadOnlyList<FacetValue> Rest, bool Open)
{
    /// <summary>The most frequent ones first; what is chosen (or holds something chosen) always shows.</summary>
    public static FacetGroup Of(string id, string title, IEnumerable<FacetValue> values, int shown, bool open)
    {
        List<FacetValue> sorted = [.. values.OrderByDescending(v => v.Count)];
        List<FacetValue> choices = [];
        List<FacetValue> rest = [];
        foreach (var value in sorted)
            (choices.Count < shown && rest.Count == 0 || IsChosen(value) ? choices : rest).Add(value);
        // One choice is not worth hiding.
        if (rest.Count <= 1)
            (choices, rest) = (sorted, []);
        return new(id, title, choices, rest, open || choices.Exists(IsChosen));
    }

    public static bool IsChosen(FacetValue value)
    {
        if (value.Selected)
            return true;
        foreach (var child in value.Children)
        {
            if (IsChosen(child))
                return true;
        }
        return false;
    }
}
