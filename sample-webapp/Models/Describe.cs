using System.Globalization;
using Authentiq.AspNetCore;

namespace SampleWebApp.Models;

/// <summary>Formats parts of a profile for display.</summary>
public static class Describe
{
    /// <summary>The initials of the first and the last name, for an avatar.</summary>
    public static string Initials(string? name)
    {
        var words = (name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => "?",
            [var only] => FirstLetter(only),
            [var first, .., var last] => FirstLetter(first) + FirstLetter(last),
        };
    }

    /// <summary>The lines of a postal address.</summary>
    public static IEnumerable<string> Lines(AuthentiqAddress address) => address.Formatted is { } formatted
        ? formatted.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : new[] { address.StreetAddress, $"{address.PostalCode} {address.Locality}".Trim(), address.Region ?? address.State, address.Country }
            .OfType<string>().Where(line => line.Length > 0);

    /// <summary>Coordinates with four decimals, and their accuracy in meters if it is known.</summary>
    public static string Coordinates(AuthentiqLocation location)
    {
        var position = string.Create(CultureInfo.InvariantCulture, $"{location.Latitude:0.0000}, {location.Longitude:0.0000}");
        return location.Accuracy is { } accuracy ? string.Create(CultureInfo.InvariantCulture, $"{position} (within {accuracy:0} m)") : position;
    }

    /// <summary>The English name of the language of a BCP 47 tag, or the tag if the language is unknown.</summary>
    public static string Language(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    private static string FirstLetter(string word) => StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
