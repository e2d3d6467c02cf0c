using Authentiq.Emulator;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class LogTests
{
    [Fact]
    public async Task At_Trace_no_log_entry_of_ours_holds_a_secret()
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
}
