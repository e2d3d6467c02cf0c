using Authentiq.Emulator;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class LogTests
{
    [Fact]
    public async Task No_log_entry_contains_a_secret_at_Trace()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        await app.Browser.GoAsync(RelyingParty.Address + "/signout", TestContext.Current.CancellationToken);
        app.Provider.Faults.WrongNonce();
        await app.SignInAsync();
        await app.SignInAsync();
        var session = app.Provider.Phone.Sessions.Last();
        string[] logouts =
        [
            app.Provider.IssueLogoutToken(RelyingParty.ClientId, session, draft => draft.Payload["nonce"] = "a-nonce"),
            app.Provider.IssueLogoutToken(RelyingParty.ClientId, session, draft => draft.UseForeignKey = true),
            app.Provider.IssueLogoutToken(RelyingParty.ClientId, session),
        ];
        foreach (var logout in logouts)
        {
            await app.SendLogoutAsync(logout);
        }

        await app.ShouldBeSignedOutAsync();

        var secrets = app.Browser.History.Where(url => url.AbsolutePath is "/authorize" or "/signin-authentiq")
            .SelectMany(url => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url.Query))
            .Where(parameter => parameter.Key is "code" or "state" or "nonce" or "code_challenge")
            .Select(parameter => parameter.Value.ToString())
            .Append(RelyingParty.ClientSecret)
            .Append(Personas.Alice.Subject)
            .Concat(logouts.SelectMany(logout => logout.Split('.')[1..]))
            .Concat(app.Provider.Phone.Sessions.Select(session => session.SessionId))
            .ToList();
        var ours = app.Log.GetSnapshot().Where(entry => entry.Category!.StartsWith("Authentiq", StringComparison.Ordinal)).ToList();

        ours.Count.ShouldBeGreaterThan(10);
        secrets.Count.ShouldBeGreaterThan(8);
        foreach (var entry in ours)
        {
            var text = entry.Message + entry.Exception + string.Concat(entry.StructuredState?.Select(value => value.Value) ?? []);
            secrets.ShouldAllBe(secret => !text.Contains(secret));
        }
    }

    [Fact]
    public async Task A_canceled_sign_in_is_not_a_warning_of_the_framework_and_its_values_are_withheld()
    {
        await using var app = await RelyingParty.StartAsync(provider: options => options.ApproveAs = null);
        await app.OpenAsync("/profile");
        var signIn = await app.Provider.Phone.NextSignInAsync(cancellationToken: TestContext.Current.CancellationToken);
        app.Provider.Phone.Deny(signIn);
        await app.Browser.GoAsync(signIn.Address.AbsoluteUri + "/complete", TestContext.Current.CancellationToken);

        var log = app.Log.GetSnapshot();
        log.Where(entry => entry.Level > LogLevel.Information).ShouldHaveSingleItem().Id.Name.ShouldBe("SignInFailed");
        var challenge = log.Single(entry => entry.Message.StartsWith("HandleChallenge with Location", StringComparison.Ordinal));
        challenge.Message.ShouldContain("(withheld)");
        challenge.Message.ShouldNotContain("{");
    }

    [Fact]
    public async Task The_storage_of_sessions_and_revocations_is_logged_at_startup()
    {
        await using var cookies = await RelyingParty.StartAsync();
        await using var sessions = await SessionSite.StartAsync();

        MessagesOf(cookies, "RevocationsKept").ShouldContain("may be signed in again until the cookie expires");
        MessagesOf(cookies, "SessionsKept").ShouldBeEmpty();
        MessagesOf(sessions, "RevocationsKept").ShouldBe("Revocations (logouts at the provider) are stored in the memory of this process, as the sessions are.");
        MessagesOf(sessions, "SessionsKept").ShouldContain("A restart ends them all");
    }

    private static string MessagesOf(RelyingParty app, string name) => string.Concat(app.Log.GetSnapshot().Where(entry => entry.Id.Name == name).Select(entry => entry.Message));
}
