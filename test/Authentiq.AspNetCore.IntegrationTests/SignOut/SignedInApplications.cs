using Authentiq.Emulator;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An application for each signature algorithm, started once, with a user who signs in for every test.</summary>
public sealed class SignedInApplications : IAsyncDisposable
{
    private readonly Dictionary<string, RelyingParty> _applications = new(StringComparer.Ordinal);

    internal async Task<(RelyingParty Application, EmulatorSession Session)> SignInAsync(string algorithm)
    {
        if (!_applications.TryGetValue(algorithm, out var app))
        {
            app = _applications[algorithm] = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = algorithm);
        }

        var before = app.Provider.Phone.Sessions.Select(session => session.SessionId).ToHashSet(StringComparer.Ordinal);
        app.Browser.Cookies.GetAllCookies().ToList().ForEach(cookie => cookie.Expired = true);
        await app.SignInAsync();
        return (app, app.Provider.Phone.Sessions.Single(session => !before.Contains(session.SessionId)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _applications.Values)
        {
            await app.DisposeAsync();
        }
    }
}
