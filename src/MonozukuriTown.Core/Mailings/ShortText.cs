namespace MonozukuriTown.Core.Mailings;

internal static class ShortText
{
    /// <summary>At most so many characters, with … for what was cut; never half a character.</summary>
    public static string Of(string text, int max) => text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 2]) ? max - 2 : max - 1)] + "…";
}
