using System.Text;
using Authentiq.Emulator;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class IdTokenConformance(Stages stages) : IClassFixture<Stages>
{
    private const string Core = "OIDC Core 3.1.3.7";

    private static readonly Setup Rs256 = new() { IsShared = true, Client = client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256 };
    private static readonly Setup Unsigned = new()
    {
        IsShared = true,
        Options = options => options.IdTokenSignedResponseAlg = "none",
        Client = client => client.IdTokenSignedResponseAlg = SigningAlgorithms.None,
    };

    internal static Topic Topic { get; } = new("The ID token", "Validation of its signature and its claims. An invalid token is refused both for a client with HS256 and for a client with RS256.")
    {
        Rows =
        [
            Accepted("hs256", Core + " (8)", "it is signed with HS256 and the client secret", Setup.Default, twin: "hs256-foreign-key"),
            Accepted("rs256", Core + " (6); oidcc-client-test-idtoken-sig-rs256", "it is signed with RS256", Rs256, twin: "rs256-foreign-key"),
            Accepted("ps256", Core + " (6)", "it is signed with PS256", Signed(SigningAlgorithms.PS256), twin: "rs256-foreign-key"),
            Accepted("es256", Core + " (6)", "it is signed with ES256", Signed(SigningAlgorithms.ES256), twin: "es256-foreign-key"),
            new("es256-foreign-key", Core + " (6); oidcc-client-test-invalid-sig-es256", "an ES256 signature is made with another key", "it is refused")
            {
                On = Signed(SigningAlgorithms.ES256),
                Given = scene => scene.Provider.Faults.ForeignKey(),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("pinned-algorithm", Core + " (7)", "`IdTokenSignedResponseAlg` is HS256 and it is signed with RS256", "it is refused")
            {
                On = new() { Options = options => options.IdTokenSignedResponseAlg = "HS256", Client = client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256 },
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("pinned-and-unsigned", Core + " (7); M3b", "`IdTokenSignedResponseAlg` is RS256 and it is unsigned", "it is refused")
            {
                On = new() { Options = options => options.IdTokenSignedResponseAlg = "RS256", Client = client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256 },
                Given = scene => scene.Provider.Faults.WrongAlgorithm("none"),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            Accepted("pinned-to-two", Core + " (7)", "`IdTokenSignedResponseAlg` names two algorithms and it is signed with the second", new()
            {
                Options = options => options.IdTokenSignedResponseAlg = "HS256 RS256",
                Client = client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256,
            }, twin: "pinned-algorithm"),
            Accepted("unsigned-by-choice", Core + " (6); oidcc-client-test-idtoken-sig-none", "it is unsigned, comes from the token endpoint over https, and `none` is accepted", Unsigned, twin: "rs256-unsigned"),
            new("unsigned-and-others", Core + " (3)", "`none` is accepted, and it is unsigned and has another audience (`aud`)", "it is refused")
            {
                On = Unsigned,
                Given = scene => scene.IdToken(payload => payload["aud"] = payload["azp"] = "another-client"),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("unsigned-through-browser", "OIDC Core 3.2.2.11", "`none` is accepted, and the ID token of the authorization response is unsigned", "it is refused")
            {
                On = new() { Options = options => (options.ResponseType, options.ResponseMode, options.IdTokenSignedResponseAlg) = ("id_token", "form_post", "none") },
                Given = scene => scene.Provider.Faults.WrongAlgorithm("none"),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("short-secret", "RFC 7518 3.2; M16", "the client secret is too short for HS256", "it is refused, and the reason is logged")
            {
                On = new() { Options = options => options.ClientSecret = "a-short-secret", Client = client => client.ClientSecret = "a-short-secret" },
                Ends = new Refused(AuthentiqErrors.InvalidToken),
                Seen = (scene, _) => scene.Warnings("SignInFailed").ShouldContain("secret"),
            },
            Accepted("short-secret-by-choice", "RFC 7518 3.2; M16", "the client secret is too short and `AllowShortClientSecrets` is on", new()
            {
                Options = options => (options.ClientSecret, options.AllowShortClientSecrets) = ("a-short-secret", true),
                Client = client => client.ClientSecret = "a-short-secret",
            }, twin: "short-secret"),
            .. Both("unsigned", Core + " (6); oidcc-client-test-idtoken-sig-none; M3", "has the `alg` none and is unsigned", draft => draft.Algorithm = "none"),
            .. Both("unsigned-capitals", "RFC 8725 3.1; M3", "has the `alg` NONE and is unsigned", draft => draft.Algorithm = "NONE"),
            .. Both("signature-cut-off", "RFC 8725 3.1; M3", "has no signature", draft => draft.EditSignature = _ => ""),
            .. Both("signature-cut", "RFC 8725 3.3", "has a truncated signature", draft => draft.EditSignature = signature => signature[..(signature.Length / 8 * 4)]),
            .. Both("foreign-key", Core + " (6); oidcc-client-test-invalid-sig-rs256, -hs256", "is signed with another key under the provider's key id", draft => draft.UseForeignKey = true),
            .. Both("embedded-key", "RFC 8725 3.10", "contains the key of its signature (`jwk`)", draft =>
            {
                draft.UseForeignKey = true;
                draft.Header["jwk"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["kty"] = "oct", ["k"] = "AAAA" };
            }),
            .. Both("unknown-algorithm", Core + " (7)", "has an unknown algorithm", draft => draft.Header["alg"] = "HS512"),
            .. Both("critical-header", "RFC 7515 4.1.11", "has an unknown critical header (`crit`)", draft =>
            {
                draft.Header["crit"] = new[] { "exp-policy" };
                draft.Header["exp-policy"] = "strict";
            }),
            new("confused-algorithm", "RFC 8725 3.1", "it is signed with HS256 and the provider's RSA public key", "it is refused")
            {
                On = Rs256,
                Given = scene => scene.IdTokenDraft(draft =>
                {
                    draft.Algorithm = "HS256";
                    draft.SigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(scene.Provider.Keys.RsaPublicKeyPem));
                }),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            .. Claims("another-issuer", Core + " (2); oidcc-client-test-invalid-iss", "names another issuer", payload => payload["iss"] = "https://evil.example/"),
            .. Claims("issuer-without-slash", Core + " (2)", "names the issuer without the trailing slash", payload => payload["iss"] = "https://connect.authentiq.io"),
            .. Claims("no-issuer", Core + " (2)", "names no issuer", payload => payload.Remove("iss")),
            .. Claims("another-audience", Core + " (3); oidcc-client-test-invalid-aud", "has another audience (`aud`)", payload => payload["aud"] = "another-client"),
            .. Claims("no-audience", Core + " (3); oidcc-client-test-missing-aud", "has no audience", payload => payload.Remove("aud")),
            .. Claims("audience-alike", Core + " (3)", "has an audience that differs in case", payload => payload["aud"] = payload["azp"] = RelyingParty.ClientId.ToUpperInvariant()),
            .. Claims("many-audiences", Core + " (4)", "has several audiences and no `azp`", payload =>
            {
                payload["aud"] = new[] { RelyingParty.ClientId, "another-client" };
                payload.Remove("azp");
            }),
            Accepted("many-audiences-ours", Core + " (4)", "it has several audiences and was issued to this client (`azp`)", Rs256, "rs256-many-audiences", payload => payload["aud"] = new[] { RelyingParty.ClientId, "another-client" }),
            .. Claims("another-party", Core + " (5)", "was issued to another client (`azp`)", payload => payload["azp"] = "another-client"),
            Accepted("no-party", Core + " (5)", "it has one audience and no `azp`", Rs256, "rs256-another-party", payload => payload.Remove("azp")),
            .. Claims("another-nonce", Core + " (11); oidcc-client-test-nonce-invalid", "has the nonce of another sign-in", payload => payload["nonce"] = "another-nonce"),
            .. Claims("no-nonce", Core + " (11)", "has no nonce", payload => payload.Remove("nonce")),
            .. Claims("expired", Core + " (9)", "has expired", payload => payload["exp"] = Seconds(TimeSpan.FromMinutes(-2))),
            Accepted("just-expired", Core + " (9)", "it has expired within the clock skew", Rs256, "rs256-expired", payload => payload["exp"] = Seconds(TimeSpan.FromSeconds(-20))),
            .. Claims("no-expiry", Core + " (9)", "has no `exp`", payload => payload.Remove("exp")),
            .. Claims("expiry-in-words", Core + " (9)", "has a text as `exp`", payload => payload["exp"] = "tomorrow"),
            .. Claims("expiry-out-of-range", Core + " (9)", "has an `exp` that is out of range", payload => payload["exp"] = -1e300),
            .. Claims("of-the-future", Core + " (10)", "was issued in the future", payload => payload["nbf"] = payload["iat"] = Seconds(TimeSpan.FromMinutes(5))),
            Accepted("just-of-the-future", Core + " (10)", "it was issued in the future within the clock skew", Rs256, "rs256-of-the-future", payload => payload["nbf"] = payload["iat"] = Seconds(TimeSpan.FromSeconds(20))),
            .. Claims("no-issue-time", Core + " (10); oidcc-client-test-missing-iat", "has no `iat`", payload => payload.Remove("iat")),
            .. Claims("without-sub", "OIDC Core 2; oidcc-client-test-missing-sub", "has no `sub`", payload => payload.Remove("sub")),
            .. Claims("about-empty", "OIDC Core 2", "has an empty `sub`", payload => payload["sub"] = ""),
            .. Claims("about-a-long-name", "OIDC Core 2", "has a `sub` of 256 characters", payload => payload["sub"] = new string('a', 256)),
            Accepted("about-a-longest-name", "OIDC Core 2", "it has a `sub` of 255 characters", Rs256, "rs256-about-a-long-name", payload => payload["sub"] = new string('a', 255)),
            NotAToken("encrypted", "is encrypted (five parts)", "a.b.c.d.e"),
            NotAToken("no-jwt", "is not a JWT", "garbage"),
            NotAToken("two-parts", "has two parts", "eyJhbGciOiJub25lIn0.e30"),
            NotAToken("empty-parts", "has three empty parts", ".."),
            new("no-id-token", "OIDC Core 3.1.3.3", "the token endpoint does not return it", "the sign-in fails")
            {
                Given = scene => scene.Wire.Edit(Wire.Token, response => response.Remove("id_token")),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Setup Signed(string algorithm) => new() { Client = client => client.IdTokenSignedResponseAlg = algorithm };

    private static long Seconds(TimeSpan fromNow) => (DateTimeOffset.UtcNow + fromNow).ToUnixTimeSeconds();

    private static Row Accepted(string id, string source, string when, Setup on, string twin, Action<IDictionary<string, object>>? edit = null) => new(id, source, when, "the user is signed in")
    {
        On = on,
        Given = scene =>
        {
            if (edit is not null)
            {
                scene.IdToken(edit);
            }
        },
        Ends = new SignedIn(),
        Twin = twin,
    };

    private static IEnumerable<Row> Claims(string id, string source, string when, Action<IDictionary<string, object>> edit) => Both(id, source, when, draft => edit(draft.Payload));

    private static IEnumerable<Row> Both(string id, string source, string when, Action<TokenDraft> edit) =>
        from algorithm in new[] { (Name: "HS256", On: Setup.Default), (Name: "RS256", On: Rs256) }
        select new Row($"{algorithm.Name.ToLowerInvariant()}-{id}", source, $"the ID token of an {algorithm.Name} client {when}", "it is refused")
        {
            On = algorithm.On,
            Given = scene => scene.IdTokenDraft(edit),
            Ends = new Refused(AuthentiqErrors.InvalidToken),
        };

    private static Row NotAToken(string id, string when, string token) => new(id, "RFC 7519 7.2", $"the ID token of the token endpoint {when}", "it is refused")
    {
        Given = scene => scene.Wire.Edit(Wire.Token, response => response["id_token"] = token),
        Ends = new Refused(AuthentiqErrors.InvalidToken),
    };
}
