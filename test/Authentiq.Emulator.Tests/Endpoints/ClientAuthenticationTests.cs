using System.Net;
using System.Net.Http.Headers;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class ClientAuthenticationTests
{
    private static readonly string Encoded = Uri.EscapeDataString(The.ClientSecret);

    public static TheoryData<string, AuthenticationHeaderValue?> Refused { get; } = new()
    {
        { "a wrong secret", Lab.Basic(The.ClientId, "wrong") },
        { "a secret that is not encoded", Lab.Basic(The.ClientId, The.ClientSecret) },
        { "an unknown client", Lab.Basic("nobody", Encoded) },
        { "no secret", Lab.Basic(The.ClientId, "") },
        { "no colon", new("Basic", "dGhlLWNsaWVudA==") },
        { "no base64", new("Basic", "?") },
        { "a broken escape", Lab.Basic(The.ClientId, "%zz") },
        { "another scheme", new("Bearer", "token") },
        { "nothing", null },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_basic_client_is_rejected_with(string what, AuthenticationHeaderValue? authorization)
    {
        await using var lab = await Lab.StartApprovingAsync();
        using var form = new FormUrlEncodedContent([new("grant_type", "authorization_code"), new("code", "any"), new("redirect_uri", The.RedirectUri)]);

        var reply = await lab.TokenAsync(form, authorization);

        reply.Status.ShouldBe(HttpStatusCode.Unauthorized, what);
        reply.Error.ShouldBe("invalid_client");
        reply.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Basic");
    }

    [Theory]
    [InlineData("the%20secret%3A%2032%20characters%20%2B%20more")]
    [InlineData("the+secret%3a+32+characters+%2b+more")]
    public async Task A_secret_is_form_urldecoded(string encoded)
    {
        await using var lab = await Lab.StartApprovingAsync();
        using var form = new FormUrlEncodedContent([new("grant_type", "authorization_code"), new("code", "any"), new("redirect_uri", The.RedirectUri)]);

        (await lab.TokenAsync(form, Lab.Basic(The.ClientId, encoded))).Error.ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData(TokenEndpointAuthMethods.ClientSecretBasic, true, null)]
    [InlineData(TokenEndpointAuthMethods.ClientSecretBasic, false, "invalid_client")]
    [InlineData(TokenEndpointAuthMethods.ClientSecretPost, false, null)]
    [InlineData(TokenEndpointAuthMethods.ClientSecretPost, true, "invalid_client")]
    public async Task A_client_authenticates_as_it_is_registered(string registered, bool basic, string? error)
    {
        await using var lab = await Lab.StartApprovingAsync(client: client => client.TokenEndpointAuthMethod = registered);
        var code = (await lab.AuthorizeAsync())["code"]!;
        List<KeyValuePair<string, string>> fields = [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", The.RedirectUri)];
        if (!basic)
        {
            fields.AddRange([new("client_id", The.ClientId), new("client_secret", The.ClientSecret)]);
        }

        using var form = new FormUrlEncodedContent(fields);

        (await lab.TokenAsync(form, basic ? Lab.Basic(The.ClientId, Encoded) : null)).Error.ShouldBe(error);
    }
}
