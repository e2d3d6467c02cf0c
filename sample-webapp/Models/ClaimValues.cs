using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SampleWebApp.Models;

/// <summary>Converts claims to JSON. A claim is a string, or a JSON value if its value type is JSON.</summary>
public static class ClaimValues
{
    // The MVC serializer allows 32 levels, and the response adds levels.
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 16 };

    /// <summary>Groups claims by type. A type that occurs more than once becomes an array.</summary>
    public static IReadOnlyDictionary<string, JsonNode?> ByType(IEnumerable<Claim> claims) => claims
        .GroupBy(claim => claim.Type, ToJson, StringComparer.Ordinal)
        .ToDictionary(
            claims => claims.Key,
            claims => claims.ToArray() is [var single] ? single : new JsonArray([.. claims]),
            StringComparer.Ordinal);

    public static bool IsJson(Claim claim) => claim.ValueType is JsonClaimValueTypes.Json or JsonClaimValueTypes.JsonArray;

    /// <summary>Converts one claim. Returns its text if the value is not JSON, is invalid, or is nested too deeply for a response.</summary>
    public static JsonNode? ToJson(Claim claim)
    {
        try
        {
            return IsJson(claim) ? JsonNode.Parse(claim.Value, documentOptions: Limits) : JsonValue.Create(claim.Value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(claim.Value);
        }
    }
}
