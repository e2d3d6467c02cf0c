using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.Emulator.Tests;

/// <summary>A JSON response of the provider.</summary>
internal sealed record JsonReply(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public string? Error => Text("error");

    public JsonWebToken IdToken => new(Text("id_token"));

    public string AccessToken => Text("access_token").ShouldNotBeNull(Body.ToString());

    public string? Text(string name) => Body.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static async Task<JsonReply> ReadAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return new(response.StatusCode, json.RootElement.Clone(), response.Headers);
    }
}
