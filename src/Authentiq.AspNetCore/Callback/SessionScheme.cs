using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>Which scheme a session began with. Several can share one cookie, and what one provider said about the session concerns no other.</summary>
internal static class SessionScheme
{
    /// <summary>The item in which the framework says so, on every ticket of a remote handler.</summary>
    public const string Key = ".AuthScheme";

    /// <summary>Says with which scheme a session began, as the framework does.</summary>
    public static void Keep(AuthenticationProperties properties, string scheme) => properties.Items[Key] = scheme;

    /// <summary>Whether the session of a request began with this scheme.</summary>
    public static bool Began(AuthenticateResult? session, string scheme) =>
        session is { Succeeded: true, Properties: { } properties } && properties.Items.TryGetValue(Key, out var began) && string.Equals(began, scheme, StringComparison.Ordinal);
}
