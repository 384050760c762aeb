using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MonozukuriTown.Core.Calendar;

namespace MonozukuriTown.Core.Imports;

/// <summary>A cell that can't be taken, with the sentence that says why and how to write it.</summary>
internal sealed class CellException(string reason) : Exception(reason);

/// <summary>
/// One value of a row, from CSV (text) or JSONL (any JSON); read the same way from both. Empty means "says nothing": what is stored
/// stays. <see cref="Clear"/> written in it empties the field.
/// </summary>
internal readonly partial struct Cell
{
    public const string Clear = "（空にする）";

    private static readonly char[] WordEnds = ['、', ';', '；', '\n', '|', '｜'];

    private readonly string? _text;
    private readonly JsonElement _json;

    public Cell(string text) => _text = Clean(text);

    public Cell(JsonElement json)
    {
        _json = json;
        // A scalar reads like the same text in a CSV file.
        _text = json.ValueKind switch
        {
            JsonValueKind.String => Clean(String(json)),
            JsonValueKind.Number => json.GetRawText(),
            JsonValueKind.True => "はい",
            JsonValueKind.False => "いいえ",
            JsonValueKind.Undefined or JsonValueKind.Null => "",
            JsonValueKind.Array when json.GetArrayLength() == 0 => "",
            _ => null,
        };
    }

    public bool IsEmpty => _text is { Length: 0 };

    public bool IsClear => _text is Clear or "(空にする)" or "空にする";

    /// <summary>What stands in the file, for the report.</summary>
    public string Written
    {
        get
        {
            var text = _text ?? (_json.ValueKind == JsonValueKind.Undefined ? "" : _json.GetRawText());
            return text.Length <= 80 ? text.Replace('\uD800', '\uFFFD') : text[..80] + "…";
        }
    }

    public string Text(int max, bool lines = false)
    {
        var text = Plain();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n' && lines)
                continue;
            if (c < ' ')
                throw new CellException(c is '\n' ? "途中で改行されています。一行で書いてください。" : "文字でないデータが入っています。打ち直してください。");
            if (c is >= '\uE000' and <= '\uF8FF')
                throw new CellException("外字（この機械だけの文字）が入っています。ほかの文字で書いてください。");
            if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
                throw new CellException("壊れた文字が入っています。打ち直してください。");
        }
        return text.Length <= max ? text : throw new CellException($"長すぎます。{max}文字までで書いてください（いま{text.Length}文字）。");
    }

    /// <summary>Several words: a JSON list, or text with 、 ; or line ends between.</summary>
    public List<string> Words(int maxWord, int maxCount)
    {
        List<string> words = [];
        foreach (var cell in Parts(WordEnds))
        {
            var word = cell.Text(maxWord);
            if (word.Length > 0 && !words.Contains(word, StringComparer.Ordinal))
                words.Add(word);
        }
        return words.Count <= maxCount ? words : throw new CellException($"多すぎます。{maxCount}件までで書いてください（いま{words.Count}件）。");
    }

    /// <summary>The items of a JSON list, or the pieces of a text.</summary>
    public IEnumerable<Cell> Parts(params char[] ends)
    {
        if (_text is not null)
            return _text.Split(ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => new Cell(part));
        return _json.ValueKind == JsonValueKind.Array
            ? _json.EnumerateArray().Select(item => new Cell(item))
            : throw new CellException("リスト（[ ] で囲んだ並び）ではありません。");
    }

    /// <summary>A property of a JSON object; null when this is none. A missing property is an empty cell.</summary>
    public Cell? Property(string name) => _json.ValueKind != JsonValueKind.Object ? null
        : _json.TryGetProperty(name, out var value) ? new Cell(value) : new Cell("");

    /// <summary>Names and values of a JSON object; null when this is none.</summary>
    public IEnumerable<(string Name, Cell Value)>? Properties() => _json.ValueKind != JsonValueKind.Object ? null
        : _json.EnumerateObject().Select(p => (p.Name, new Cell(p.Value)));

    public decimal Decimal(decimal min, decimal max, int scale)
    {
        var text = Number().Match(Digits(Plain()));
        if (!text.Success || !decimal.TryParse(text.Groups["n"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw new CellException("数字として読めません。");
        // As many places as the column keeps, else every import would find it changed.
        value = Math.Round(value, scale, MidpointRounding.AwayFromZero);
        return value >= min && value <= max ? value
            : throw new CellException(string.Create(CultureInfo.InvariantCulture, $"{min} から {max:#,0.###} までの数ではありません。"));
    }

    public int Whole(int min, int max)
    {
        var value = Decimal(min, max, 6);
        return value == decimal.Truncate(value) ? (int)value : throw new CellException("整数ではありません。");
    }

    /// <summary>10,000,000 / 1000万円 / 1億2千万円.</summary>
    public long Yen()
    {
        var text = Digits(Plain()).Replace("円", "", StringComparison.Ordinal);
        var match = Money().Match(text);
        if (!match.Success || text.Length == 0)
            throw new CellException("金額として読めません。10000000 か 1000万円 のように書いてください。");
        var yen = Part("oku") * 100_000_000 + (Part("sen") * 1000 + Part("man")) * 10_000 + Part("n");
        return yen is > 0 and <= 100_000_000_000_000 && yen == decimal.Truncate(yen) ? (long)yen
            : throw new CellException("1円から100兆円までの金額ではありません。");

        decimal Part(string name) => match.Groups[name] is { Success: true } group ? decimal.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    public bool Flag() => Plain().Normalize(NormalizationForm.FormKC).ToUpperInvariant() switch
    {
        "はい" or "可" or "有" or "あり" or "○" or "〇" or "◯" or "1" or "TRUE" or "YES" => true,
        "いいえ" or "不可" or "無" or "なし" or "×" or "X" or "0" or "FALSE" or "NO" => false,
        _ => throw new CellException("「はい」か「いいえ」で書いてください。"),
    };

    public T OneOf<T>(params ReadOnlySpan<(T Value, string[] Words)> choices)
    {
        var text = Plain();
        foreach (var (value, words) in choices)
        {
            if (words.Contains(text, StringComparer.OrdinalIgnoreCase))
                return value;
        }
        throw new CellException($"「{string.Join("」「", choices.ToArray().Select(c => c.Words[0]))}」のどれかで書いてください。");
    }

    public DateOnly Date() => JapaneseDate.TryParse(Plain(), out var date) ? date
        : throw new CellException("日付として読めません。2026-10-28 か 令和8年10月28日 のように書いてください。");

    public int Year(int max) => JapaneseDate.TryParseYear(Plain(), out var year) && year >= 1400 && year <= max ? year
        : throw new CellException("年として読めません。1970 か 昭和45年 のように書いてください。");

    /// <summary>From–to: [0.3, 8], {"min":1,"max":50}, 「0.3～8」「～8」「10個～」.</summary>
    public (decimal? From, decimal? To) Range(decimal max, int scale)
    {
        Cell from, to;
        if (Property("min") is { } min && Property("max") is { } most)
        {
            (from, to) = (min, most);
        }
        else if (_text is null)
        {
            Cell[] pair = [.. Parts()];
            if (pair.Length != 2)
                throw new CellException("「いくつから、いくつまで」の二つではありません。");
            (from, to) = (pair[0], pair[1]);
        }
        else if (RangeText().Match(_text.Normalize(NormalizationForm.FormKC)) is { Success: true } match)
        {
            (from, to) = (new(match.Groups["from"].Value), new(match.Groups["to"].Value));
        }
        else
        {
            throw new CellException("範囲として読めません。0.3～8、10～、～500 のように書いてください。");
        }
        decimal? low = from.IsEmpty ? null : from.Decimal(0, max, scale), high = to.IsEmpty ? null : to.Decimal(0, max, scale);
        if (low is null && high is null)
            throw new CellException("範囲として読めません。0.3～8、10～、～500 のように書いてください。");
        return low > high ? throw new CellException("小さいほうが大きいほうを超えています。順番を確かめてください。") : (low, high);
    }

    /// <summary>Telephone number: digits with plain hyphens, brackets or +; anything else people type around them is made so.</summary>
    public string Phone()
    {
        var text = string.Concat(Plain().Normalize(NormalizationForm.FormKC)
            .Select(c => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation || c is 'ー' or '−' ? '-' : c)).Replace(" ", "", StringComparison.Ordinal);
        return text.Length <= Companies.Company.PhoneMax && PhoneText().IsMatch(text) && text.Count(char.IsAsciiDigit) is >= 9 and <= 15 ? text
            : throw new CellException("電話番号として読めません。06-0000-0000 のように市外局番から書いてください。");
    }

    // What nobody sees and so nobody can mend (marks of the writing direction, blanks of no width) is left out; half-width kana become
    // full-width ones, and any line end a plain one.
    private static string Clean(string text)
    {
        text = text.Trim().ReplaceLineEndings("\n").Replace('\t', ' ');
        return text.AsSpan().IndexOfAnyExceptInRange('\n', '\u007E') < 0 ? text : HalfKana().Replace(Unseen().Replace(text, ""), kana => kana.Value.Normalize(NormalizationForm.FormKC)).Trim();
    }

    // Half of a surrogate pair, which no string can hold: the field that reads it says so.
    private static string String(JsonElement json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\uD800";
        }
    }

    private string Plain() => _text ?? throw new CellException("一つの値ではありません（リストや組になっています）。");

    private static string Digits(string text) => text.Normalize(NormalizationForm.FormKC).Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
        .Replace('−', '-');

    [GeneratedRegex(@"^(?:約|±|φ|Ra)?(?<n>-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,2})?)(?:mm|人|名|個|台|件|円|μm|um)?\z", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:(?<oku>[0-9.]{1,9})億)?(?:(?:(?<sen>[0-9.]{1,5})千)?(?<man>[0-9.]{1,9})?万|(?<sen>[0-9.]{1,5})千万)?(?<n>[0-9.]{1,15})?\z", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Money();

    [GeneratedRegex(@"^(?:φ|t)?(?<from>[0-9.,]*) ?(?:mm|個)?(?:以上)? ?[~〜\-–] ?(?:φ|t)?(?<to>[0-9.,]*) ?(?:mm|個)?(?:以下)?\z", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex RangeText();

    [GeneratedRegex("[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]", RegexOptions.None, 200)]
    private static partial Regex Unseen();

    [GeneratedRegex("[\uFF61-\uFF9F]+", RegexOptions.None, 200)]
    private static partial Regex HalfKana();

    [GeneratedRegex(@"^\+?[0-9()\-]+\z", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex PhoneText();
}
