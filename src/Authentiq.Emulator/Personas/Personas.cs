namespace Authentiq.Emulator;

/// <summary>The users that every emulator has by default.</summary>
public static class Personas
{
    /// <summary>Alice Smith, who has all claims, verified.</summary>
    public static Persona Alice { get; } = new("alice", "aq-4893-aee5-alice", new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["name"] = "Alice Smith",
        ["given_name"] = "Alice",
        ["family_name"] = "Smith",
        ["middle_name"] = "Jane",
        ["nickname"] = "Al",
        ["preferred_username"] = "alice",
        ["email"] = "alice@example.test",
        ["email_verified"] = true,
        ["phone_number"] = "+441632960123",
        ["phone_number_verified"] = true,
        ["phone_type"] = "mobile",
        ["address"] = Address("12 Example Street", "London", "Greater London", "N1 0XX", "United Kingdom"),
        ["aq:location"] = Location(51.5330282, -0.1052847, 13.743, Address("12 Example Street", "London", "Greater London", "N1 0XX", "United Kingdom")),
        ["locale"] = "en-GB",
        ["zoneinfo"] = "Europe/London",
    });

    /// <summary>Bob Jansen, whose e-mail address is not verified and who has no phone number.</summary>
    public static Persona Bob { get; } = new("bob", "aq-77f1-4c1e-bob", new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["name"] = "Bob Jansen",
        ["given_name"] = "Bob",
        ["family_name"] = "Jansen",
        ["preferred_username"] = "bobj",
        ["email"] = "bob@example.test",
        ["email_verified"] = false,
        ["locale"] = "nl-NL",
        ["zoneinfo"] = "Europe/Amsterdam",
    });

    /// <summary>Łucja Ångström-Nowak, whose name is not ASCII, with a phone but no address.</summary>
    public static Persona Lucja { get; } = new("lucja", "aq-0b9d-4a55-lucja", new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["name"] = "Łucja Ångström-Nowak",
        ["given_name"] = "Łucja",
        ["family_name"] = "Ångström-Nowak",
        ["preferred_username"] = "łucja",
        ["email"] = "lucja@example.test",
        ["email_verified"] = true,
        ["phone_number"] = "+48221234567",
        ["phone_number_verified"] = false,
        ["phone_type"] = "mobile",
        ["locale"] = "pl-PL",
        ["zoneinfo"] = "Europe/Warsaw",
    });

    /// <summary>Sam, who has a name and a nickname only.</summary>
    public static Persona Sam { get; } = new("sam", "aq-51c0-9e02-sam", new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["name"] = "Sam",
        ["nickname"] = "Sam",
    });

    /// <summary>All users, the most complete first.</summary>
    public static IReadOnlyList<Persona> All { get; } = [Alice, Bob, Lucja, Sam];

    private static Dictionary<string, object> Address(string street, string locality, string region, string postalCode, string country) =>
        new(StringComparer.Ordinal)
        {
            ["street_address"] = street,
            ["locality"] = locality,
            ["region"] = region,
            ["postal_code"] = postalCode,
            ["country"] = country,
            ["formatted"] = $"{street}\n{locality} {postalCode}\n{country}",
        };

    private static Dictionary<string, object> Location(double latitude, double longitude, double accuracy, Dictionary<string, object> address) =>
        new(StringComparer.Ordinal)
        {
            ["latitude"] = latitude,
            ["longitude"] = longitude,
            ["accuracy"] = accuracy,
            ["address"] = address,
        };
}
