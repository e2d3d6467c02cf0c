using System.Text.Json.Serialization;

namespace Authentiq.AspNetCore;

/// <summary>A postal address (OpenID Connect Core 1.0 §5.1.1).</summary>
public sealed record AuthentiqAddress
{
    /// <summary>The full address, formatted for display or a label. Lines are separated by line breaks.</summary>
    [JsonPropertyName("formatted")]
    public string? Formatted { get; init; }

    /// <summary>Street and house number, which can have several lines.</summary>
    [JsonPropertyName("street_address")]
    public string? StreetAddress { get; init; }

    /// <summary>City or place.</summary>
    [JsonPropertyName("locality")]
    public string? Locality { get; init; }

    /// <summary>Province or region.</summary>
    [JsonPropertyName("region")]
    public string? Region { get; init; }

    /// <summary>State.</summary>
    [JsonPropertyName("state")]
    public string? State { get; init; }

    /// <summary>Postal code.</summary>
    [JsonPropertyName("postal_code")]
    public string? PostalCode { get; init; }

    /// <summary>Country.</summary>
    [JsonPropertyName("country")]
    public string? Country { get; init; }
}
