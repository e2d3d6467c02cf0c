using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SampleWebApp.Models;

/// <summary>Claims as JSON: a claim is a string, or what it holds if that is JSON itself.</summary>
public static class ClaimValues
{
    // The serializer of MVC stops at 32, and the response adds levels of its own.
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 16 };

    /// <summary>All claims by their type; a type that occurs more than once is an array.</summary>
    public static IReadOnlyDictionary<string, JsonNode?> ByType(IEnumerable<Claim> claims) => claims
        .GroupBy(claim => claim.Type, ToJson, StringComparer.Ordinal)
        .ToDictionary(
            claims => claims.Key,
            claims => claims.ToArray() is [var single] ? single : new JsonArray([.. claims]),
            StringComparer.Ordinal);

    public static bool IsJson(Claim claim) => claim.ValueType is JsonClaimValueTypes.Json or JsonClaimValueTypes.JsonArray;

    /// <summary>The claim as JSON: its text where it is not JSON, cannot be read, or is nested too deeply to be part of a response.</summary>
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
