namespace MonozukuriTown.Web.Components;

/// <summary>Ways to order a list; the current one is said, not only shown.</summary>
public sealed class SortLinks : Region
{
    public required IReadOnlyList<SortChoice> Choices { get; init; }

    protected override void Write(Markup to)
    {
        var label = Words.Here.SortBy;
        to.Add($"""<nav class="sort" aria-label="{label}"><span>{label}</span><ul class="sort-list">""");
        foreach (var choice in Choices)
        {
            if (choice.Current)
                to.Add($"""<li><a href="{choice.Href}" aria-current="true">{choice.Text}</a></li>""");
            else
                to.Add($"""<li><a href="{choice.Href}">{choice.Text}</a></li>""");
        }
        to.Add($"</ul></nav>");
    }

    public sealed record SortChoice(string Text, string Href, bool Current);
}
