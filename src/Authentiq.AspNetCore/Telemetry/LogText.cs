using System.Globalization;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>
/// Sanitizes external text for logs, exceptions and pages: one line of limited length. Line breaks could forge log entries, escape sequences could control a terminal, and direction marks could change the
/// displayed order of the text.
/// </summary>
internal static class LogText
{
    /// <summary>The maximum length in characters, without the ellipsis.</summary>
    public const int MaxLength = 200;

    private const char Replacement = '\ufffd';

    /// <summary>Returns the text with invisible characters replaced by U+FFFD, truncated after <see cref="MaxLength"/> characters.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = new StringBuilder(Math.Min(text.Length, MaxLength + 1));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > MaxLength)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(IsVisible(rune) ? rune.ToString() : Replacement.ToString());
        }

        return clean.ToString();
    }

    // The category Format contains direction marks, joiners, and other characters without a width.
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
