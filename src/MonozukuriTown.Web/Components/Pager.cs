namespace MonozukuriTown.Web.Components;

/// <summary>Page numbers: the first, the last and those around the current one. Nothing when there is one page.</summary>
public sealed class Pager : Region
{
    public required int Current { get; init; }

    public required int Last { get; init; }

    /// <summary>Address of a page.</summary>
    public required Func<int, string> Link { get; init; }

    protected override void Write(Markup to)
    {
        if (Last <= 1)
            return;
        var words = Words.Here;
        to.Add($"""<nav class="pager" aria-label="{words.Pages}"><ul>""");
        if (Current > 1)
            to.Add($"""<li><a href="{Link(Math.Min(Current - 1, Last))}" rel="prev">{words.Previous}</a></li>""");
        foreach (var number in Shown())
        {
            if (number == 0)
                to.Add($"""<li class="pager-gap">…</li>""");
            else if (number == Current)
                to.Add($"""<li><span aria-current="page"><span class="visually-hidden">{words.CurrentPage}</span>{number}</span></li>""");
            else
                to.Add($"""<li><a href="{Link(number)}" aria-label="{Words.Format(words.PageNumber, number)}">{number}</a></li>""");
        }
        if (Current < Last)
            to.Add($"""<li><a href="{Link(Current + 1)}" rel="next">{words.Next}</a></li>""");
        to.Add($"</ul></nav>");
    }

    // 0 stands for a gap.
    private IEnumerable<int> Shown()
    {
        var before = 0;
        for (var page = 1; page <= Last; page++)
        {
            if (page != 1 && page != Last && Math.Abs(page - Current) > 1)
                continue;
            if (page - before == 2)
                yield return page - 1;
            else if (page - before > 2)
                yield return 0;
            yield return page;
            before = page;
        }
    }
}
