using System.Collections;
using System.Globalization;

namespace Authentiq.Emulator;

/// <summary>The values of a user, as the phone shows them.</summary>
internal static class ScopeText
{
    public static string Of(Persona persona, string scope) => scope switch
    {
        "aq:push" => "A notification instead of a QR code next time",
        "aq:link" => "Remember this application on your phone",
        "profile" => Values(persona, "name", "preferred_username", "locale", "zoneinfo"),
        "aq:name" => Values(persona, "name", "nickname"),
        "phone" => Values(persona, "phone_number", "phone_type"),
        "email" => Values(persona, "email"),
        "address" => Address(persona.Claims.GetValueOrDefault("address")),
        "aq:location" => Location(persona.Claims.GetValueOrDefault("aq:location")),
        _ => Values(persona, [.. ScopeCatalog.ClaimsOf(scope)]),
    };

    private static string Values(Persona persona, params string[] claims) =>
        string.Join(" · ", claims.Select(persona.Text).OfType<string>().Distinct(StringComparer.Ordinal));

    private static string Address(object? value) => Member(value, "formatted") is string formatted
        ? formatted.ReplaceLineEndings(", ")
        : string.Join(", ", new[] { "street_address", "locality", "postal_code", "region", "country" }.Select(name => Member(value, name)).OfType<string>());

    private static string Location(object? value) => Address(Member(value, "address")) is { Length: > 0 } address
        ? address
        : string.Create(CultureInfo.InvariantCulture, $"{Member(value, "latitude")}, {Member(value, "longitude")}");

    private static object? Member(object? value, string name) => value is IDictionary members ? members[name] : null;
}
