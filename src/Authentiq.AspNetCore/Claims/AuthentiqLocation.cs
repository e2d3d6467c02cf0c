using System.Text.Json.Serialization;

namespace Authentiq.AspNetCore;

/// <summary>Where a phone was.</summary>
public sealed record AuthentiqLocation
{
    /// <summary>Degrees north.</summary>
    [JsonPropertyName("latitude")]
    public double? Latitude { get; init; }

    /// <summary>Degrees east.</summary>
    [JsonPropertyName("longitude")]
    public double? Longitude { get; init; }

    /// <summary>How far off it may be, in metres.</summary>
    [JsonPropertyName("accuracy")]
    public double? Accuracy { get; init; }

    /// <summary>The address of the place.</summary>
    [JsonPropertyName("address")]
    public AuthentiqAddress? Address { get; init; }
}
