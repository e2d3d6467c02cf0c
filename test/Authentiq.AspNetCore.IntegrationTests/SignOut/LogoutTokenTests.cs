using System.Net;
using System.Text;
using Authentiq.Emulator;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class LogoutTokenTests(SignedInApplications applications) : IClassFixture<SignedInApplications>
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    public static TheoryData<string, string> Forgeries => Rows(Forged);

    public static TheoryData<string, string> Variants => Rows(Genuine);

    private static Dictionary<string, Action<TokenDraft>> Forged { get; } = new(StringComparer.Ordinal)
    {
        ["without a signature (none)"] = draft => draft.Algorithm = "none",
        ["without a signature (NONE)"] = draft => draft.Algorithm = "NONE",
        ["without a signature"] = draft => draft.EditSignature = _ => "",
        ["with half of its signature"] = draft => draft.EditSignature = signature => signature[..(signature.Length / 2)],
        ["signed with an unknown key"] = draft => draft.UseForeignKey = true,
        ["of another issuer"] = draft => draft.Payload["iss"] = "https://evil.example/",
        ["of the issuer without the trailing slash"] = draft => draft.Payload["iss"] = "https://connect.authentiq.io",
        ["without an issuer"] = draft => draft.Payload.Remove("iss"),
        ["for another client"] = draft => draft.Payload["aud"] = "another-client",
        ["for no client"] = draft => draft.Payload.Remove("aud"),
        ["of the type of an access token"] = draft => draft.Header["typ"] = "at+jwt",
        ["of the type of an ID token"] = draft => draft.Header["typ"] = "id_token+jwt",
        ["without an issue time"] = draft => draft.Payload.Remove("iat"),
        ["with an issue time that is not a number"] = draft => draft.Payload["iat"] = "yesterday",
        ["issued in the future"] = draft => draft.Payload["iat"] = Seconds(minutes: 5),
        ["that has expired"] = draft => draft.Payload["exp"] = Seconds(minutes: -2),
        ["that is old and does not expire"] = draft =>
        {
            draft.Payload.Remove("exp");
            draft.Payload["iat"] = Seconds(minutes: -12);
        },
        ["without events"] = draft => draft.Payload.Remove("events"),
        ["with a list of events"] = draft => draft.Payload["events"] = new[] { Event },
        ["with another event"] = draft => draft.Payload["events"] = Events("http://schemas.openid.net/event/another", new Dictionary<string, object>(StringComparer.Ordinal)),
        ["with an event that is not an object"] = draft => draft.Payload["events"] = Events(Event, "yes"),
        ["with a nonce"] = draft => draft.Payload["nonce"] = "n",
        ["with an empty nonce"] = draft => draft.Payload["nonce"] = "",
        ["without a user and a session"] = draft =>
        {
            draft.Payload.Remove("sub");
            draft.Payload.Remove("sid");
        },
        ["with an empty session"] = draft => draft.Payload["sid"] = "",
        ["with a session that is not a string"] = draft => draft.Payload["sid"] = 7,
        ["with an empty user"] = draft => draft.Payload["sub"] = "",
        ["with a list of users"] = draft => draft.Payload["sub"] = new[] { draft.Payload["sub"] },
        ["without an identifier"] = draft => draft.Payload.Remove("jti"),
    };

    private static Dictionary<string, Action<TokenDraft>> Genuine { get; } = new(StringComparer.Ordinal)
    {
        ["as the provider issues it"] = _ => { },
        ["of the type JWT"] = draft => draft.Header["typ"] = "JWT",
        ["of no type"] = draft => draft.Header["typ"] = null,
        ["for one client by name"] = draft => draft.Payload["aud"] = RelyingParty.ClientId,
        ["for several clients"] = draft => draft.Payload["aud"] = new[] { "another-client", RelyingParty.ClientId },
        ["without an end, and fresh"] = draft => draft.Payload.Remove("exp"),
        ["without an end, from a clock that is ahead"] = draft =>
        {
            draft.Payload.Remove("exp");
            draft.Payload["iat"] = Seconds(minutes: 0.5);
        },
        ["that names the session only"] = draft => draft.Payload.Remove("sub"),
        ["that names the person only"] = draft => draft.Payload.Remove("sid"),
        ["with more to say of the event"] = draft => draft.Payload["events"] = Events(Event, new Dictionary<string, object>(StringComparer.Ordinal) { ["reason"] = "phone" }),
        ["with unknown claims"] = draft => draft.Payload["colour"] = "blue",
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_logout_token_is_refused(string algorithm, string forgery)
    {
        var (app, session) = await applications.SignInAsync(algorithm);

        await ShouldBeRefusedAsync(app, app.Provider.IssueLogoutToken(RelyingParty.ClientId, session, Forged[forgery]));

        await ShouldSignOutAsync(app, app.Provider.IssueLogoutToken(RelyingParty.ClientId, session));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task A_logout_token_signs_out(string algorithm, string variant)
    {
        var (app, session) = await applications.SignInAsync(algorithm);

        await ShouldSignOutAsync(app, app.Provider.IssueLogoutToken(RelyingParty.ClientId, session, Genuine[variant]));
    }

    [Fact]
    public async Task The_public_key_is_no_HMAC_key()
    {
        await using var app = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256);
        await app.SignInAsync();

        await ShouldBeRefusedAsync(app, Token(app, draft =>
        {
            draft.Algorithm = "HS256";
            draft.SigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(app.Provider.Keys.RsaPublicKeyPem));
        }));
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("RS256")]
    public async Task An_ID_token_is_not_accepted_as_a_logout_token(string algorithm)
    {
        var (app, session) = await applications.SignInAsync(algorithm);

        await ShouldBeRefusedAsync(app, app.Provider.IssueIdToken(RelyingParty.ClientId, Personas.Alice, draft => draft.Payload["sid"] = session.SessionId));
    }

    [Fact]
    public async Task Accepting_unsigned_ID_tokens_accepts_no_unsigned_logout_token()
    {
        await using var app = await RelyingParty.StartAsync(options => options.IdTokenSignedResponseAlg = "none", client => client.IdTokenSignedResponseAlg = SigningAlgorithms.None);
        await app.SignInAsync();

        await ShouldBeRefusedAsync(app, Token(app, draft => draft.Algorithm = "none"));

        await ShouldSignOutAsync(app, Token(app, _ => { }));
    }

    [Fact]
    public async Task A_pinned_algorithm_holds_for_logout_tokens()
    {
        await using var app = await RelyingParty.StartAsync(options => options.IdTokenSignedResponseAlg = "HS256");
        await app.SignInAsync();

        await ShouldBeRefusedAsync(app, Token(app, draft => draft.Algorithm = "RS256"));
    }

    [Fact]
    public async Task A_logout_token_signed_with_a_new_key_is_processed()
    {
        await using var app = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256);
        await app.SignInAsync();
        app.Provider.Keys.Rotate();

        await ShouldSignOutAsync(app, Token(app, _ => { }));
    }

    [Fact]
    public async Task While_the_keys_cannot_be_fetched_the_response_is_503()
    {
        await using var first = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256);
        first.Provider.Faults.AbortConnection(EmulatorEndpoint.Keys, times: 100);
        await using var app = await RelyingParty.StartAsync(beside: first);
        await first.SignInAsync();

        using var response = await app.SendLogoutAsync(Token(app, _ => { }));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("""{"error":"temporarily_unavailable"}""");
    }

    [Fact]
    public async Task Made_up_key_ids_do_not_delay_a_logout_token_signed_with_a_new_key_indefinitely()
    {
        await using var app = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256);
        await app.SignInAsync();
        var made = Enumerable.Range(0, 6).Select(i => Token(app, draft => draft.Header["kid"] = "made-up-" + i)).ToList();
        foreach (var token in made.Take(KeySearches.Burst))
        {
            (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        var waiting = made.Skip(KeySearches.Burst).Select(app.SendLogoutAsync).ToList();
        app.Provider.Keys.Rotate();

        await ShouldSignOutAsync(app, Token(app, _ => { }));
        foreach (var refused in waiting)
        {
            (await refused).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task A_logout_token_signed_with_a_new_key_is_postponed_when_the_key_set_is_unavailable()
    {
        await using var app = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256);
        await app.SignInAsync();
        app.Provider.Keys.Rotate();
        app.Provider.Faults.Fail(EmulatorEndpoint.Keys, status: 503);

        using var response = await app.SendLogoutAsync(Token(app, _ => { }));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    private static TheoryData<string, string> Rows(Dictionary<string, Action<TokenDraft>> rows)
    {
        var data = new TheoryData<string, string>();
        foreach (var name in rows.Keys)
        {
            data.Add("HS256", name);
            data.Add("RS256", name);
        }

        return data;
    }

    private static string Token(RelyingParty app, Action<TokenDraft> edit) => app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single(), edit);

    private static long Seconds(double minutes) => DateTimeOffset.UtcNow.AddMinutes(minutes).ToUnixTimeSeconds();

    private static Dictionary<string, object> Events(string name, object value) => new(StringComparer.Ordinal) { [name] = value };

    private static async Task ShouldBeRefusedAsync(RelyingParty app, string token)
    {
        using var response = await app.SendLogoutAsync(token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("""{"error":"invalid_request"}""");
        await app.ShouldBeSignedInAsync();
    }

    private static async Task ShouldSignOutAsync(RelyingParty app, string token)
    {
        using var response = await app.SendLogoutAsync(token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        await app.ShouldBeSignedOutAsync();
    }
}
