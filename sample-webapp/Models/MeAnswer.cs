using System.Text.Json.Nodes;

namespace SampleWebApp.Models;

/// <summary>The answer of <c>/api/me</c>.</summary>
public sealed record MeAnswer(string? Sub, IReadOnlyDictionary<string, JsonNode?> Claims);
