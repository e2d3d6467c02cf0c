using System.Text.Json.Nodes;

namespace SampleWebApp.Models;

/// <summary>The response of <c>/api/me</c>.</summary>
public sealed record MeResponse(string? Sub, IReadOnlyDictionary<string, JsonNode?> Claims);
