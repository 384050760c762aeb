using MonozukuriTown.Matching;

namespace MonozukuriTown.Web.Components;

/// <summary>Conditions beside the results, inside the one search form; on a phone they open over the page.</summary>
public sealed class Facets : Region
{
    public required IReadOnlyList<FacetGroup> Groups { get; init; }

    /// <summary>How many conditions are chosen.</summary>
    public int Chosen { get; init; }

    protected override void Write(Markup to)
    {
        var words = Words.Here;
        to.Add($"""
            <button class="button button-outline button-wide drawer-button" type="button" popovertarget="facets">{(Chosen == 0 ? words.Narrow : Words.Format(words.NarrowChosen, Chosen))}</button>
            <div class="drawer facets" id="facets" popover>
            <button class="button button-outline button-small drawer-close" type="button" popovertarget="facets" popovertargetaction="hide"><svg class="icon" aria-hidden="true"><use href="/images/icons.svg#i-close"></use></svg>{words.Close}</button>
            <h2 class="facets-title">{words.NarrowTitle}</h2>
            """);
        foreach (var group in Groups)
            Group(to, words, group);
        to.Add($"""
            <div class="buttons"><button class="button button-wide" type="submit">{words.NarrowApply}</button></div>
            </div>
            """);
    }

    private static void Group(Markup to, Words words, FacetGroup group)
    {
        to.Add($"""

            <details class="facet" id="{group.Id}"{(group.Open ? " open" : "")}><summary>{group.Title}</summary><fieldset><legend class="visually-hidden">{group.Title}</legend>
            """);
        var unit = words.CompanyUnit;
        foreach (var value in group.Choices)
        {
            Choice(to, group.Id, value, unit);
            if (value.Children.Count == 0 || !FacetGroup.IsChosen(value))
                continue;
            to.Add($"""<div class="facet-level">""");
            foreach (var child in value.Children)
                Choice(to, group.Id, child, unit);
            to.Add($"</div>");
        }
        if (group.Rest.Count > 0)
        {
            to.Add($"""<details class="rest"><summary>{Words.Format(words.MoreChoices, group.Rest.Count)}</summary>""");
            foreach (var value in group.Rest)
                Choice(to, group.Id, value, unit);
            to.Add($"</details>");
        }
        to.Add($"</fieldset></details>");
    }

    private static void Choice(Markup to, string name, FacetValue value, string unit) => to.Add(
        $"""<label class="choice"><input type="checkbox" name="{name}" value="{value.Id}"{(value.Selected ? " checked" : "")}><span class="choice-words">{value.Label}</span><span class="count">{Figures.Number(value.Count)}<span class="visually-hidden">{unit}</span></span></label>""");
}
