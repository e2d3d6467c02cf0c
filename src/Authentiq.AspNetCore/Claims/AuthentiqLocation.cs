using System.Text.Json.Serialization;

namespace Authentiq.AspNetCore;

/// <summary>The location of a phone.</summary>
public sealed record AuthentiqLocation
{
    /// <summary>Latitude in degrees, north is positive.</summary>
    [JsonPropertyName("latitude")]
    public double? Latitude { get; init; }

    /// <summary>Longitude in degrees, east is positive.</summary>
    [JsonPropertyName("longitude")]
    public double? Longitude { get; init; }

    /// <summary>Accuracy of the location in meters.</summary>
    [JsonPropertyName("accuracy")]
    public double? Accuracy { get; init; }

    /// <summary>The address of the location.</summary>
    [JsonPropertyName("address")]
    public AuthentiqAddress? Address { get; init; }
}
