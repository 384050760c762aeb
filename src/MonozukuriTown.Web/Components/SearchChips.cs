namespace MonozukuriTown.Web.Components;

/// <summary>What was searched for; each condition can be taken away by a link.</summary>
public sealed class SearchChips : Region
{
    public required IReadOnlyList<SearchChip> Chips { get; init; }

    protected override void Write(Markup to)
    {
        var words = Words.Here;
        to.Add($"""<div class="understood"><p class="understood-title">{words.SearchedFor}</p><ul class="chips">""");
        foreach (var chip in Chips)
        {
            to.Add($"""<li class="chip"><span class="chip-words">{chip.Text}""");
            if (chip.Also.Length > 0)
                to.Add($""" <span class="chip-also">{chip.Also}</span>""");
            to.Add($"""</span><a class="chip-remove" href="{chip.Without}" aria-label="{Words.Format(words.Remove, chip.Kind, chip.Text)}">×</a></li>""");
        }
        to.Add($"</ul></div>");
    }
}
