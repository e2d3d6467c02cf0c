using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>From which session, and which revision of it, the ticket of a request was read. It lies in the ticket, as the cookie handler takes nothing else along, and is never stored.</summary>
internal static class SessionOrigin
{
    private const string KeyItem = ".authentiq.session.key";
    private const string RevisionItem = ".authentiq.session.revision";

    public static void Note(AuthenticationProperties properties, AuthentiqSession session)
    {
        properties.Items[KeyItem] = session.Key;
        properties.Items[RevisionItem] = session.Revision.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The key of the session, as the store knows it.</summary>
    public static string? KeyOf(AuthenticationProperties? properties) => properties?.Items.TryGetValue(KeyItem, out var key) == true ? key : null;

    /// <summary>The revision; <see langword="null"/> when the application has made the properties anew.</summary>
    public static int? RevisionOf(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(RevisionItem, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    public static AuthenticationProperties Without(AuthenticationProperties properties)
    {
        var items = new Dictionary<string, string?>(properties.Items, StringComparer.Ordinal);
        items.Remove(KeyItem);
        items.Remove(RevisionItem);
        return new(items);
    }
}
