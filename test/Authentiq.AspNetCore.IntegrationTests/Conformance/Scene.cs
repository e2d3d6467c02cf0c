using System.Net;
using System.Text;
using System.Text.Json;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A running row: a user with a new browser, and methods to change responses of the provider.</summary>
internal sealed class Scene : IDisposable
{
    private const int MaxSteps = 30;

    private static readonly string[] SecretParameters = ["code", "id_token", "access_token", "state", "nonce", "code_challenge", "session_state"];

    private readonly Queue<Action<CallbackResponse>> _edits = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal) { RelyingParty.ClientSecret, Personas.Alice.Subject };

    public Scene(Stage stage)
    {
        Stage = stage;
        Browser = stage.App.OpenWindow();
        stage.App.Provider.Faults.Clear();
        stage.App.Log.Clear();
        Wire.Forget();
        if (stage.Setup.IsShared)
        {
            Wire.Restore();
        }
    }

    public Stage Stage { get; }

    public Browser Browser { get; private set; }

    public Wire Wire => Stage.Wire;

    public AuthentiqEmulator Provider => Stage.App.Provider;

    public FakeTimeProvider Clock => (FakeTimeProvider)Stage.Setup.Clock!;

    public static string Callback => RelyingParty.Address + "/signin-authentiq";

    public IReadOnlyList<FakeLogRecord> Log => Stage.App.Log.GetSnapshot();

    /// <summary>The error codes, one for each failed sign-in.</summary>
    public IEnumerable<string> Errors => Log.Where(entry => entry.Id.Name == "SignInFailed").Select(entry => entry.GetStructuredStateValue("Error")!);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Changes the next ID token before it is signed. A second call applies to the ID token after it.</summary>
    public void IdToken(Action<IDictionary<string, object>> edit) => IdTokenDraft(draft => edit(draft.Payload));

    public void IdTokenDraft(Action<TokenDraft> edit) => Provider.Faults.BeforeSigning(TokenKind.IdToken, edit);

    /// <summary>Leaves the ID token of the browser as it is, and changes the one of the token endpoint.</summary>
    public void SecondIdToken(Action<IDictionary<string, object>> edit)
    {
        IdTokenDraft(_ => { });
        IdToken(edit);
    }

    /// <summary>Changes the next response in the browser.</summary>
    public void OnTheWay(Action<CallbackResponse> edit) => _edits.Enqueue(edit);

    /// <summary>An ID token with other claims, signed by the provider.</summary>
    public string SignAgain(string idToken, Action<IDictionary<string, object>> edit, string algorithm = SigningAlgorithms.RS256) => Provider.IssueIdToken(RelyingParty.ClientId, Personas.Alice, draft =>
    {
        draft.Algorithm = algorithm;
        draft.Payload.Clear();
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, object>>(Base64UrlEncoder.Decode(idToken.Split('.')[1]))!)
        {
            draft.Payload[name] = value;
        }

        edit(draft.Payload);
    });

    public Task<Page> SignInAsync() => SignInAsync("/profile");

    /// <summary>Opens a page, and signs in if it is required.</summary>
    public async Task<Page> SignInAsync(string path) => await FollowAsync(await OpenAsync(path));

    /// <summary>Opens a page without following redirects.</summary>
    public async Task<Page> OpenAsync(string path) => Watch(await Browser.GoAsync(path.StartsWith("http", StringComparison.Ordinal) ? path : RelyingParty.Address + path, Cancelled));

    /// <summary>Sends a form with one field without following redirects.</summary>
    public async Task<Page> SendAsync(string url, string field, string value) => Watch(await Browser.PostAsync(url, [KeyValuePair.Create(field, value)], Cancelled));

    /// <summary>Reads the response to a sign-in without sending it to the callback.</summary>
    public async Task<CallbackResponse> ReadResponseAsync(string path = "/profile")
    {
        var (page, response) = await WalkAsync(await OpenAsync(path));
        response.ShouldNotBeNull($"The sign-in ended at {page.Url} with {page.Status}.");
        return response;
    }

    /// <summary>Sends a response to the callback, and follows redirects.</summary>
    public async Task<Page> DeliverAsync(CallbackResponse response) => await FollowAsync(await BringAsync(response));

    /// <summary>Sends a response to the callback without following redirects.</summary>
    public async Task<Page> BringAsync(CallbackResponse response)
    {
        if (_edits.TryDequeue(out var edit))
        {
            edit(response);
        }

        RememberSecrets(response.Parameters);
        var separator = response.Address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        switch (response.Mode)
        {
            case CallbackResponse.Query:
                return await OpenAsync(response.Parameters.Count == 0 ? response.Address : response.Address + separator + response.Encoded());
            case CallbackResponse.Fragment:
                var bridge = await OpenAsync(response.Address);
                bridge.Body.ShouldContain("location.hash");
                return await PostAsync(response, RelyingParty.Address);
            default:
                return await PostAsync(response, "https://connect.authentiq.io");
        }
    }

    /// <summary>Follows redirects and forms from a page, including responses to the callback.</summary>
    public async Task<Page> FollowAsync(Page page)
    {
        for (var round = 0; round < 5; round++)
        {
            (page, var response) = await WalkAsync(page);
            if (response is null)
            {
                return page;
            }

            page = await BringAsync(response);
        }

        throw new InvalidOperationException("The sign-in is in a redirect loop.");
    }

    /// <summary>Signs in while the provider is unavailable, and again after it has recovered.</summary>
    public async Task<Page> SignInAgainSecondsAfterTheProviderReturnsAsync()
    {
        await SignInAsync();
        Wire.Restore();
        Clock.Advance(TimeSpan.FromSeconds(3));
        return await SignInAsync();
    }

    /// <summary>Advances the clock until a task completes.</summary>
    public async Task<Page> WhileTimePassesAsync(Task<Page> step)
    {
        while (await Task.WhenAny(step, Task.Delay(20, Cancelled)) != step)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return await step;
    }

    /// <summary>Switches to another browser without cookies.</summary>
    public void TakeAnotherBrowser()
    {
        Browser.Dispose();
        Browser = Stage.App.OpenWindow();
    }

    /// <summary>Another window of the same browser, with a copy of its current cookies.</summary>
    public Browser OpenWindow()
    {
        var window = Stage.App.OpenWindow();
        window.Cookies.Add(Browser.Cookies.GetAllCookies());
        return window;
    }

    public void ForgetCookies(string? host = null)
    {
        foreach (var cookie in Browser.Cookies.GetAllCookies().Where(cookie => host is null || cookie.Domain == host))
        {
            cookie.Expired = true;
        }
    }

    public string Warnings(string name) => string.Join('\n', Log.Where(entry => entry.Id.Name == name).Select(entry => entry.Message));

    /// <summary>Asserts that no log entry of the package, at any level, contains a token, a code, a nonce, a secret or a user identifier.</summary>
    public void ShouldHaveKeptEverySecret()
    {
        foreach (var url in Browser.History)
        {
            RememberSecrets(QueryHelpers.ParseQuery(url.Query).Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.ToString())));
        }

        var secrets = _secrets.Concat(Wire.Secrets).Where(secret => secret.Length >= 12).ToList();
        foreach (var entry in Log.Where(entry => entry.Category!.StartsWith("Authentiq", StringComparison.Ordinal)))
        {
            var text = entry.Message + entry.Exception + string.Concat(entry.StructuredState?.Select(value => value.Value) ?? []);
            secrets.ShouldAllBe(secret => !text.Contains(secret));
        }
    }

    public void Dispose() => Browser.Dispose();

    private async Task<Page> PostAsync(CallbackResponse response, string origin)
    {
        Browser.Headers["Origin"] = origin;
        try
        {
            return Watch(await Browser.PostAsync(response.Address, response.Parameters, Cancelled));
        }
        finally
        {
            Browser.Headers.Remove("Origin");
        }
    }

    private async Task<(Page Page, CallbackResponse? CallbackResponse)> WalkAsync(Page page)
    {
        for (var step = 0; step < MaxSteps; step++)
        {
            if (CallbackResponse.Read(page, Callback) is { } response)
            {
                return (page, response);
            }

            if (page.Headers.Location is { } location)
            {
                page = Watch(await Browser.GoAsync(new Uri(page.Url, location).AbsoluteUri, Cancelled));
            }
            else
            {
                return (page, null);
            }
        }

        throw new InvalidOperationException($"The browser was sent around in circles, last at {page.Url.GetLeftPart(UriPartial.Path)}.");
    }

    // For every row: the application does not return 500, and the Cookie header stays within the limit of a proxy.
    private Page Watch(Page page)
    {
        if (page.Url.Host == new Uri(RelyingParty.Address).Host)
        {
            page.Status.ShouldNotBe(HttpStatusCode.InternalServerError, page.Body);
            Encoding.UTF8.GetByteCount(Browser.Cookies.GetCookieHeader(new Uri(Callback))).ShouldBeLessThan(4096);
        }

        return page;
    }

    private void RememberSecrets(IEnumerable<KeyValuePair<string, string>> parameters) =>
        _secrets.UnionWith(parameters.Where(parameter => SecretParameters.Contains(parameter.Key)).Select(parameter => parameter.Value));
}
