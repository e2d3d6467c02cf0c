using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>Identifiers are equal only when they are strings and all characters are equal.</summary>
public sealed class IdentifierTests
{
    private const string Issuer = "https://provider.example/caf\u00e9";
    private const string Client = "the-client-\u00e9";
    private const string NumericClient = "42";
    private const string Subject = "aq-\u00e9-Subject";
    private const string Nonce = "a-nonce";
    private const string Secret = "a-client-secret-of-32-characters";

    private static readonly string[] Uses = [nameof(TokenUse.FetchedIdToken), nameof(TokenUse.BrowserIdToken), nameof(TokenUse.LogoutToken), nameof(TokenUse.UserInfo), nameof(TokenUse.AccessToken)];

    private static readonly Dictionary<string, Func<string, string>> Texts = new(StringComparer.Ordinal)
    {
        ["with a slash"] = text => text + "/",
        ["in upper case"] = text => text.ToUpperInvariant(),
        ["with one letter in another case"] = text => text[..^3] + text[^3..].ToUpperInvariant(),
        ["with a letter that looks the same"] = text => text.Replace('e', '\u0435'),
        ["decomposed (NFD)"] = text => text.Normalize(NormalizationForm.FormD),
        ["with a space before it"] = text => " " + text,
        ["with a space behind it"] = text => text + " ",
        ["with a line break behind it"] = text => text + "\n",
        ["with a NUL behind it"] = text => text + "\0",
        ["with an invisible character"] = text => text + "\u200b",
        ["percent-encoded"] = text => text.Replace("\u00e9", "%C3%A9", StringComparison.Ordinal),
        ["of another"] = _ => "another",
    };

    private static readonly Dictionary<string, Func<string, JsonNode?>> Kinds = new(StringComparer.Ordinal)
    {
        ["empty"] = _ => "",
        ["a number"] = _ => 42,
        ["true"] = _ => true,
        ["null"] = _ => null,
        ["an object"] = text => new JsonObject { ["value"] = text },
        ["a list in a list"] = text => new JsonArray(new JsonArray(text)),
        ["an empty list"] = _ => new JsonArray(),
    };

    public static TheoryData<string, string, string> Forgeries
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var use in Uses)
            {
                foreach (var claim in new[] { "iss", "aud", "azp", "sub", "sid", "client_id" })
                {
                    foreach (var variant in Compared(use, claim) ? Texts.Keys.Concat(Kinds.Keys) : Kinds.Keys)
                    {
                        rows.Add(use, claim, variant);
                    }

                    if (claim is not "aud")
                    {
                        rows.Add(use, claim, "a list");
                    }
                }
            }

            return rows;
        }
    }

    public static TheoryData<string> AllUses => [.. Uses];

    [Theory]
    [MemberData(nameof(AllUses))]
    public async Task A_token_with_exactly_these_identifiers_is_accepted(string use) => (await IsAcceptedAsync(use, _ => { })).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(AllUses))]
    public async Task A_list_of_one_audience_is_that_audience(string use) => (await IsAcceptedAsync(use, claims => claims["aud"] = new JsonArray(Client))).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(AllUses))]
    public async Task A_token_needs_neither_an_authorized_party_nor_a_session(string use) => (await IsAcceptedAsync(use, claims => (_, _, _) = (claims.Remove("azp"), claims.Remove("sid"), claims.Remove("client_id")))).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_with_an_identifier_that_is_not_the_same_is_refused(string use, string claim, string variant) =>
        (await IsAcceptedAsync(use, claims =>
        {
            if (use is nameof(TokenUse.AccessToken) && claim is "aud")
            {
                // No other claim identifies the client.
                (_, _) = (claims.Remove("azp"), claims.Remove("client_id"));
            }

            claims[claim] = Variant(variant, claim);
        })).ShouldBeFalse($"{claim} {variant}");

    [Theory]
    [MemberData(nameof(AllUses))]
    public async Task A_number_is_not_the_client_of_that_name(string use)
    {
        (await IsAcceptedAsync(use, claims => claims["aud"] = NumericClient, NumericClient)).ShouldBeTrue();
        (await IsAcceptedAsync(use, claims => claims["aud"] = 42, NumericClient)).ShouldBeFalse();
        (await IsAcceptedAsync(use, claims => claims["aud"] = new JsonArray(42), NumericClient)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_access_token_for_another_audience_names_this_client_exactly()
    {
        foreach (var variant in Texts.Keys)
        {
            (await IsAcceptedAsync(nameof(TokenUse.AccessToken), claims => (claims["aud"], claims["azp"]) = ("https://api.example", Variant(variant, "azp")))).ShouldBeFalse(variant);
        }

        (await IsAcceptedAsync(nameof(TokenUse.AccessToken), claims => claims["aud"] = "https://api.example")).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(AllUses))]
    public async Task An_identifier_that_occurs_twice_is_refused(string use)
    {
        foreach (var claim in new[] { "iss", "aud", "azp", "sub", "sid", "client_id" })
        {
            (await IsAcceptedAsync(use, _ => { }, edit: json => $$"""{"{{claim}}":"another",{{json[1..]}}""")).ShouldBeFalse(claim);
        }
    }

    // The subject of an ID token is not compared here; the subject of userinfo is compared with that of the ID token. A logout token and userinfo have no authorized party, and only an access token has a client_id.
    private static bool Compared(string use, string claim) => claim switch
    {
        "iss" or "aud" => true,
        "sub" => use is nameof(TokenUse.UserInfo),
        "azp" => use is not (nameof(TokenUse.LogoutToken) or nameof(TokenUse.UserInfo)),
        "client_id" => use is nameof(TokenUse.AccessToken),
        _ => false,
    };

    private static JsonNode? Variant(string variant, string claim)
    {
        var text = claim switch { "iss" => Issuer, "sub" => Subject, "sid" => "a-session", _ => Client };
        return Texts.TryGetValue(variant, out var edit) ? edit(text) : variant is "a list" ? new JsonArray(text) : Kinds[variant](text);
    }

    private static async Task<bool> IsAcceptedAsync(string use, Action<JsonObject> change, string client = Client, Func<string, string>? edit = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = Subject,
            ["aud"] = client,
            ["azp"] = client,
            ["client_id"] = client,
            ["sid"] = "a-session",
            ["iat"] = now,
            ["exp"] = now + 60,
            ["jti"] = "j",
        };
        if (use is nameof(TokenUse.LogoutToken))
        {
            claims["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() };
        }
        else
        {
            claims["nonce"] = Nonce;
        }

        change(claims);
        var json = claims.ToJsonString();
        var token = Sign(edit?.Invoke(json) ?? json);
        var options = Options(client, token);
        var validator = options.TokenValidator!;
        try
        {
            switch (Enum.Parse<TokenUse>(use))
            {
                case TokenUse.LogoutToken:
                    return await validator.ValidateAsync(token, TokenUse.LogoutToken, TestContext.Current.CancellationToken) is { IsValid: true, SecurityToken: JsonWebToken logout }
                        && LogoutTokenChecks.Read(logout, options).SessionId is null or "a-session";

                case TokenUse.UserInfo:
                    using (await UserInfoEndpoint.FetchAsync(options, "https://provider.example/userinfo", "an-access-token", Subject, TestContext.Current.CancellationToken))
                    {
                        return true;
                    }

                case TokenUse.AccessToken:
                    await AccessTokenProof.ValidateAsync(validator, token, TestContext.Current.CancellationToken);
                    return true;

                case var idToken:
                    return (await validator.ValidateAsync(token, idToken, TestContext.Current.CancellationToken)).IsValid
                        && IdTokenChecks.Validate(new(token), Attempt(), options) is null;
            }
        }
        catch (Exception exception) when (exception is SignInException or LogoutRefusedException)
        {
            return false;
        }
    }

    private static SignInAttempt Attempt() => new(new("id", "value", IsHostCookie: true), TimeProvider.System.GetUtcNow(), Nonce, "code", MaxAge: null, Prompt: "", IsRetry: false, "openid");

    private static AuthentiqOptions Options(string client, string token)
    {
        var options = new AuthentiqOptions
        {
            ClientId = client,
            ClientSecret = Secret,
            TimeProvider = TimeProvider.System,
            ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(new() { Issuer = Issuer, TokenEndpoint = "https://provider.example/token" }),
            Backchannel = new HttpClient(new SignedUserInfo(token)),
        };
        options.TokenValidator = new TokenValidator(options, AuthentiqDefaults.AuthenticationScheme);
        return options;
    }

    private static string Sign(string payload)
    {
        var text = $"{Base64UrlEncoder.Encode("""{"alg":"HS256"}""")}.{Base64UrlEncoder.Encode(payload)}";
        return $"{text}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)))}";
    }

    private sealed class SignedUserInfo(string token) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(token, new MediaTypeHeaderValue("application/jwt")) });
    }
}
