using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>The scheme that a session was created with. Several schemes can share one cookie, and the data of one provider must not be sent to another.</summary>
internal static class SessionScheme
{
    /// <summary>The item in which the framework stores the scheme, on every ticket of a remote handler.</summary>
    public const string Key = ".AuthScheme";

    /// <summary>Stores the scheme of a session, as the framework does.</summary>
    public static void WriteTo(AuthenticationProperties properties, string scheme) => properties.Items[Key] = scheme;

    /// <summary>Whether the session of a request was created with this scheme.</summary>
    public static bool Matches(AuthenticateResult? session, string scheme) =>
        session is { Succeeded: true, Properties: { } properties } && properties.Items.TryGetValue(Key, out var stored) && string.Equals(stored, scheme, StringComparison.Ordinal);
}
