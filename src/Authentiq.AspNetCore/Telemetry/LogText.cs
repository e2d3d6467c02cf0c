using System.Globalization;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>
/// Text from outside on its way into a log, an exception or a page: one line of bounded length. Line breaks would forge entries, escape sequences would run in a terminal, and marks of direction would
/// show a reader another text than there is.
/// </summary>
internal static class LogText
{
    /// <summary>The longest text in characters, without the ellipsis behind it.</summary>
    public const int MaxLength = 200;

    private const char Replacement = '\ufffd';

    /// <summary>The text with every character that is not visible replaced by U+FFFD, cut after <see cref="MaxLength"/> characters.</summary>
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

    // Format characters are those of direction, joiners, and others without a width.
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
