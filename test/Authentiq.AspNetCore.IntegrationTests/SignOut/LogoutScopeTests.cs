using System.Net;
using Authentiq.Emulator;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Which sessions a logout token ends when the session and the token have different identifiers.</summary>
public sealed class LogoutScopeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_without_sid_ends_when_the_token_names_its_user_and_another_session(bool sessionsOnServer)
    {
        await using var app = await StartAsync(sessionsOnServer);
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload.Remove("sid"));
        await app.SignInAsync();

        await LogoutAsync(app, Personas.Bob.Subject, "another-session");
        await app.ShouldBeSignedInAsync();

        await LogoutAsync(app, Personas.Alice.Subject, "another-session");
        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_with_another_sid_remains_valid_when_the_token_names_both(bool sessionsOnServer)
    {
        await using var app = await StartAsync(sessionsOnServer);
        await app.SignInAsync();

        await LogoutAsync(app, Personas.Alice.Subject, "another-session");

        await app.ShouldBeSignedInAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_without_an_ID_token_ends_with_any_session_of_its_user(bool sessionsOnServer)
    {
        await using var app = await StartAsync(sessionsOnServer, options =>
        {
            options.Scope.Clear();
            options.Scope.Add("aq:name");
            options.Scope.Add("email");
        });
        await app.SignInAsync();
        await app.ShouldBeSignedInAsync();

        (await app.SendLogoutAsync(app.Provider.IssueLogoutToken(
            RelyingParty.ClientId, app.Provider.Phone.Sessions.Single(), draft => draft.Payload["iat"] = DateTimeOffset.UtcNow.AddSeconds(1).ToUnixTimeSeconds()))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_sid_of_either_ID_token_of_a_hybrid_flow_counts(bool isFirstWithout)
    {
        await using var app = await StartHybridAsync((draft, isFirst) =>
        {
            if (isFirst == isFirstWithout)
            {
                draft.Payload.Remove("sid");
            }
        });
        (await app.SignInThroughScriptsAsync()).Body.ShouldBe("signed in as Alice Smith");

        await LogoutAsync(app, subject: null, app.Provider.Phone.Sessions.Single().SessionId);

        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task Two_ID_tokens_with_different_sessions_are_refused()
    {
        await using var app = await StartHybridAsync((draft, isFirst) => draft.Payload["sid"] = isFirst ? "first" : "second");

        (await app.SignInThroughScriptsAsync()).Status.ShouldBe(HttpStatusCode.BadRequest);

        app.Log.GetSnapshot().Single(entry => entry.Id.Name == "SignInFailed").Message.ShouldContain("another session (sid)");
    }

    [Fact]
    public async Task A_malformed_sid_is_refused()
    {
        foreach (var sid in (object[])["", 7, true, new[] { "a" }])
        {
            await using var app = await StartAsync(sessionsOnServer: false);
            app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload["sid"] = sid);

            (await app.SignInAsync()).Status.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    private static Task<RelyingParty> StartAsync(bool sessionsOnServer, Action<AuthentiqOptions>? options = null, Action<EmulatorOptions>? provider = null) => RelyingParty.StartAsync(
        options,
        provider: provider,
        authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            if (sessionsOnServer)
            {
                services.AddAuthentiqSessions();
            }
        });

    private static async Task<RelyingParty> StartHybridAsync(Action<TokenDraft, bool> edit)
    {
        var app = await RelyingParty.StartAsync(options => (options.ResponseType, options.ResponseMode) = ("code id_token", "form_post"));
        var count = 0;
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => edit(draft, ++count == 1));
        return app;
    }

    private static async Task LogoutAsync(RelyingParty app, string? subject, string? sessionId) =>
        (await app.SendLogoutAsync(app.Provider.IssueLogoutToken(RelyingParty.ClientId, subject, sessionId))).StatusCode.ShouldBe(HttpStatusCode.OK);
}
