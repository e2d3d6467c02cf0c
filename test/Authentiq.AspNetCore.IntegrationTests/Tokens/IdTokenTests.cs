using System.Text;
using Authentiq.Emulator;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class IdTokenTests
{
    public static TheoryData<string> Forgeries => [.. Forged.Keys];

    private static Dictionary<string, Action<AuthentiqEmulator>> Forged { get; } = new(StringComparer.Ordinal)
    {
        ["without a signature (none)"] = provider => provider.Faults.WrongAlgorithm("none"),
        ["without a signature (NONE)"] = provider => provider.Faults.WrongAlgorithm("NONE"),
        ["without a signature"] = provider => Edit(provider, draft => draft.EditSignature = _ => ""),
        ["with half of its signature"] = provider => provider.Faults.CutSignature(),
        ["signed with an unknown key"] = provider => provider.Faults.ForeignKey(),
        ["signed with HS256 and the provider's RSA public key"] = provider => Edit(provider, draft =>
        {
            draft.Algorithm = "HS256";
            draft.SigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(provider.Keys.RsaPublicKeyPem));
        }),
        ["of another issuer"] = provider => Edit(provider, draft => draft.Payload["iss"] = "https://evil.example/"),
        ["of the issuer without the trailing slash"] = provider => Edit(provider, draft => draft.Payload["iss"] = "https://connect.authentiq.io"),
        ["for another client"] = provider => Edit(provider, draft => draft.Payload["aud"] = "another-client"),
        ["for several clients and without azp"] = provider => Edit(provider, draft =>
        {
            draft.Payload["aud"] = new[] { RelyingParty.ClientId, "another-client" };
            draft.Payload.Remove("azp");
        }),
        ["issued to another client"] = provider => Edit(provider, draft => draft.Payload["azp"] = "another-client"),
        ["with another nonce"] = provider => provider.Faults.WrongNonce(),
        ["without a nonce"] = provider => Edit(provider, draft => draft.Payload.Remove("nonce")),
        ["that has expired"] = provider => Edit(provider, draft => draft.Payload["exp"] = DateTimeOffset.UtcNow.AddMinutes(-2).ToUnixTimeSeconds()),
        ["that does not expire"] = provider => Edit(provider, draft => draft.Payload.Remove("exp")),
        ["that is not valid yet"] = provider => Edit(provider, draft => draft.Payload["nbf"] = draft.Payload["iat"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()),
        ["without an issue time"] = provider => Edit(provider, draft => draft.Payload.Remove("iat")),
        ["with an unknown critical header (crit)"] = provider => Edit(provider, draft => draft.Header["crit"] = new[] { "exp" }),
        ["without a subject"] = provider => Edit(provider, draft => draft.Payload.Remove("sub")),
    };

    [Theory]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task An_ID_token_as_the_client_is_registered_signs_in(string algorithm)
    {
        await using var app = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = algorithm);

        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task An_RS256_client_refuses_an_ID_token(string forgery)
    {
        await using var app = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256);
        Forged[forgery](app.Provider);

        await ShouldBeRefusedAsync(app);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task An_HS256_client_refuses_an_ID_token(string forgery)
    {
        await using var app = await RelyingParty.StartAsync();
        Forged[forgery](app.Provider);

        await ShouldBeRefusedAsync(app);
    }

    [Fact]
    public async Task A_pinned_algorithm_refuses_the_others()
    {
        await using var app = await RelyingParty.StartAsync(options => options.IdTokenSignedResponseAlg = "HS256", client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256);

        await ShouldBeRefusedAsync(app);
    }

    [Fact]
    public async Task An_unsigned_ID_token_from_the_token_endpoint_signs_in_by_opt_in_only()
    {
        await using var app = await RelyingParty.StartAsync(options => options.IdTokenSignedResponseAlg = "none", client => client.IdTokenSignedResponseAlg = SigningAlgorithms.None);

        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
    }

    [Fact]
    public async Task A_sign_in_succeeds_after_a_key_rotation()
    {
        await using var app = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256);
        await app.SignInAsync();
        app.Provider.Keys.Rotate();
        app.Browser.Cookies.GetAllCookies().ToList().ForEach(cookie => cookie.Expired = true);

        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");
    }

    private static void Edit(AuthentiqEmulator provider, Action<TokenDraft> edit) => provider.Faults.BeforeSigning(TokenKind.IdToken, edit);

    private static async Task ShouldBeRefusedAsync(RelyingParty app)
    {
        var page = await app.SignInAsync();

        ((int)page.Status).ShouldBe(400);
        page.Body.ShouldContain("could not be trusted");
        await app.ShouldBeSignedOutAsync();
    }
}
