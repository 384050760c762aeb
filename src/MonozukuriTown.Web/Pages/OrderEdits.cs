using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MonozukuriTown.Core.Calendar;
using MonozukuriTown.Matching;
using MonozukuriTown.Web.Components;
using MonozukuriTown.Web.Hosting;

namespace MonozukuriTown.Web.Pages;

/// <summary>The buyer's corrections to what was read: chips changed, taken away, added, and answers to questions.</summary>
public sealed class OrderEdits
{
    private const int ChipsMax = 120;
    private const int ChipMax = 300;

    private readonly RfqReader reader;
    private readonly List<string> chips = [];
    private readonly Dictionary<string, (string Typed, string Problem)> problems = new(StringComparer.Ordinal);

    public OrderEdits(RfqReader reader, string text, OrderForm form, IEnumerable<string> answers)
    {
        this.reader = reader;
        for (var i = 0; i < Math.Min(form.Chips.Count, ChipsMax); i++)
        {
            if (!string.Equals(form.Remove, i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
                Take(TypedText.Line(form.Chips[i], ChipMax), i < form.Edits.Count ? form.Edits[i] : null);
        }
        var added = TypedText.Line(form.AddWords, MatchModel.TypedMax);
        if (added.Length > 0 && !Add(form.AddKind, added))
            AddProblem = $"「{added}」を読み取れませんでした。別の言い方でお試しください。";
        chips.AddRange(answers.Select(a => TypedText.Line(a, ChipMax)).Where(a => a.Length > 0).Take(ChipsMax));
        Need = reader.FromChips(text, chips);
        Chips = [.. Show(Need).Select(c => problems.TryGetValue(c.Chip, out var p) ? c with { Typed = p.Typed, Problem = p.Problem } : c)];
    }

    public RfqNeed Need { get; }

    public IReadOnlyList<EditedChip> Chips { get; }

    public string? AddProblem { get; }

    /// <summary>The facts in the order the page shows and sends them: steps first.</summary>
    public static IReadOnlyList<EditedChip> Show(RfqNeed need) =>
        [.. need.ToChips().Zip(need.Facts).OrderBy(c => c.Second.Kind is NeedKind.Process ? 0 : 1).Select((c, i) => new EditedChip(i, c.First, c.Second))];

    /// <summary>No secret, only a comparison: a changed text has another mark.</summary>
    public static string MarkOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    private void Take(string chip, string? edit)
    {
        if (reader.FromChips("", [chip]).Facts is not [var fact])
            return;
        var typed = edit is null ? fact.Label : TypedText.Line(edit, MatchModel.TypedMax);
        if (typed.Length == 0)
            return;
        if (string.Equals(typed, fact.Label, StringComparison.Ordinal))
            chips.Add(chip);
        else if (!Add(fact.Kind, typed))
        {
            // The old fact stays until the new words can be read; what was typed stays too.
            chips.Add(chip);
            problems.TryAdd(chip, (typed, $"「{typed}」を読み取れませんでした。別の言い方でお試しください。"));
        }
    }

    // A bare number means what its field is about; anything else is read as words of an order.
    private bool Add(NeedKind kind, string typed)
    {
        var read = BareNumber(kind, typed) is { } chip ? reader.FromChips("", [chip]) : reader.FromChips("", [typed.Replace('=', '＝')]);
        chips.AddRange(read.ToChips());
        return read.Facts.Count > 0;
    }

    private static string? BareNumber(NeedKind kind, string typed)
    {
        var plain = Kana.Normalise(typed).Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .TrimStart('±').Replace("mm", "", StringComparison.OrdinalIgnoreCase);
        if (kind is NeedKind.Size)
        {
            var lengths = plain.Split(['x', 'X', '×', '*'], 4);
            return lengths.Length <= 3 && Array.TrueForAll(lengths, IsNumber) ? "size=" + string.Join('x', lengths) : null;
        }
        return IsNumber(plain) && kind is NeedKind.Diameter or NeedKind.Thickness or NeedKind.Tolerance or NeedKind.Roughness or NeedKind.Weight or NeedKind.Quantity or NeedKind.Deadline
            ? $"{kind.ToString().ToLowerInvariant()}={plain}" : null;
    }

    private static bool IsNumber(string text) =>
        text.Length is > 0 and <= 12 && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
