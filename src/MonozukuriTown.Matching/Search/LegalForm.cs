namespace MonozukuriTown.Matching;

/// <summary>株式会社 and the like: nobody tells two companies apart by it.</summary>
internal static class LegalForm
{
    // Folded, the longer before what it contains.
    private static readonly string[] Japanese =
        ["株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "(株)", "(有)", "(合)", "(同)", "(資)", "(名)", "カブシキガイシャ", "カブシキカイシャ", "ユウゲンガイシャ", "ユウゲンカイシャ", "ゴウドウガイシャ", "ゴウドウカイシャ"];

    private static readonly string[] English = ["co.,ltd", "co., ltd", "co.ltd", "co ltd", "company limited", "corporation", "limited", "corp", "inc", "ltd", "llc", "k.k", "kk", "co"];

    /// <summary>Length of the legal form that stands at a place of a folded text; 0 when none does.</summary>
    public static int At(string folded, int place)
    {
        var rest = folded.AsSpan(place);
        foreach (var form in Japanese)
        {
            if (rest.StartsWith(form, StringComparison.Ordinal))
                return form.Length;
        }
        if (place == 0 || folded[place - 1] is not (' ' or ','))
            return 0;
        foreach (var form in English)
        {
            // co is one, coating begins with none.
            if (rest.StartsWith(form, StringComparison.Ordinal) && (rest.Length == form.Length || !char.IsLetterOrDigit(rest[form.Length])))
                return rest.Length > form.Length && rest[form.Length] == '.' ? form.Length + 1 : form.Length;
        }
        return 0;
    }

    /// <summary>A folded name without legal forms, blanks and hyphens; the name itself when nothing else is left.</summary>
    public static string Bare(string folded)
    {
        Span<char> bare = folded.Length <= 256 ? stackalloc char[folded.Length] : new char[folded.Length];
        var n = 0;
        for (var i = 0; i < folded.Length;)
        {
            var form = At(folded, i);
            if (form == 0)
            {
                if (folded[i] is not (' ' or '-' or '・' or '.' or ',' or '&' or '\''))
                    bare[n++] = folded[i];
                form = 1;
            }
            i += form;
        }
        return n > 0 ? bare[..n].ToString() : folded;
    }
}
