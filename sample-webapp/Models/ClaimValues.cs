using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SampleWebApp.Models;

/// <summary>Claims as JSON: a claim is a string, or what it holds if that is JSON itself.</summary>
public static class ClaimValues
{
    /// <summary>All claims by their type; a type that occurs more than once is an array.</summary>
    public static IReadOnlyDictionary<string, JsonNode?> ByType(IEnumerable<Claim> claims) => claims
        .GroupBy(claim => claim.Type, ToJson, StringComparer.Ordinal)
        .ToDictionary(
            claims => claims.Key,
            claims => claims.ToArray() is [var single] ? single : new JsonArray([.. claims]),
            StringComparer.Ordinal);

    public static bool IsJson(Claim claim) => claim.ValueType is JsonClaimValueTypes.Json or JsonClaimValueTypes.JsonArray;

    public static JsonNode? ToJson(Claim claim) => IsJson(claim) ? JsonNode.Parse(claim.Value) : JsonValue.Create(claim.Value);
}
