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

/// <summary>One row while it runs: a person with a new browser, and the means to spoil what the provider says.</summary>
internal sealed class Scene : IDisposable
{
    private const int MaxSteps = 30;

    private static readonly string[] SecretParameters = ["code", "id_token", "access_token", "state", "nonce", "code_challenge", "session_state"];

    private readonly Queue<Action<Answer>> _edits = new();
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

    /// <summary>Our error codes, one for each page about a sign-in that did not complete.</summary>
    public IEnumerable<string> Errors => Log.Where(entry => entry.Id.Name == "SignInFailed").Select(entry => entry.GetStructuredStateValue("Error")!);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Changes the next ID token before it is signed; called twice, the second goes for the one after it.</summary>
    public void IdToken(Action<IDictionary<string, object>> edit) => IdTokenDraft(draft => edit(draft.Payload));

    public void IdTokenDraft(Action<TokenDraft> edit) => Provider.Faults.BeforeSigning(TokenKind.IdToken, edit);

    /// <summary>Leaves the ID token of the browser as it is, and changes the one of the token endpoint.</summary>
    public void SecondIdToken(Action<IDictionary<string, object>> edit)
    {
        IdTokenDraft(_ => { });
        IdToken(edit);
    }

    /// <summary>Changes the next answer on its way through the browser.</summary>
    public void OnTheWay(Action<Answer> edit) => _edits.Enqueue(edit);

    /// <summary>An ID token with other claims, signed by the provider all the same.</summary>
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

    /// <summary>Opens a page and does what it takes to see it.</summary>
    public async Task<Page> SignInAsync(string path) => await FollowAsync(await OpenAsync(path));

    /// <summary>Opens a page, and goes nowhere from there.</summary>
    public async Task<Page> OpenAsync(string path) => Watch(await Browser.GoAsync(path.StartsWith("http", StringComparison.Ordinal) ? path : RelyingParty.Address + path, Cancelled));

    /// <summary>Sends a form with one field, and goes nowhere from there.</summary>
    public async Task<Page> SendAsync(string url, string field, string value) => Watch(await Browser.PostAsync(url, [KeyValuePair.Create(field, value)], Cancelled));

    /// <summary>The provider's answer to a sign-in, not delivered yet.</summary>
    public async Task<Answer> AnswerAsync(string path = "/profile")
    {
        var (page, answer) = await WalkAsync(await OpenAsync(path));
        answer.ShouldNotBeNull($"The sign-in ended at {page.Url} with {page.Status}.");
        return answer;
    }

    /// <summary>Brings an answer to the application, and goes where that leads.</summary>
    public async Task<Page> DeliverAsync(Answer answer) => await FollowAsync(await BringAsync(answer));

    /// <summary>Brings an answer to the application, and stays there.</summary>
    public async Task<Page> BringAsync(Answer answer)
    {
        if (_edits.TryDequeue(out var edit))
        {
            edit(answer);
        }

        RememberSecrets(answer.Parameters);
        var separator = answer.Address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        switch (answer.Mode)
        {
            case Answer.Query:
                return await OpenAsync(answer.Parameters.Count == 0 ? answer.Address : answer.Address + separator + answer.Encoded());
            case Answer.Fragment:
                var bridge = await OpenAsync(answer.Address);
                bridge.Body.ShouldContain("location.hash");
                return await PostAsync(answer, RelyingParty.Address);
            default:
                return await PostAsync(answer, "https://connect.authentiq.io");
        }
    }

    /// <summary>Goes on from a page until it is one to read; the answers on the way are delivered.</summary>
    public async Task<Page> FollowAsync(Page page)
    {
        for (var round = 0; round < 5; round++)
        {
            (page, var answer) = await WalkAsync(page);
            if (answer is null)
            {
                return page;
            }

            page = await BringAsync(answer);
        }

        throw new InvalidOperationException("The sign-in goes in circles.");
    }

    /// <summary>Tries to sign in while the provider does not answer, and again soon after it does.</summary>
    public async Task<Page> SignInAgainSecondsAfterTheProviderReturnsAsync()
    {
        await SignInAsync();
        Wire.Restore();
        Clock.Advance(TimeSpan.FromSeconds(3));
        return await SignInAsync();
    }

    /// <summary>Lets the clock go on until something is done.</summary>
    public async Task<Page> WhileTimePassesAsync(Task<Page> step)
    {
        while (await Task.WhenAny(step, Task.Delay(20, Cancelled)) != step)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return await step;
    }

    /// <summary>Takes another browser, which has no cookie of the one before.</summary>
    public void TakeAnotherBrowser()
    {
        Browser.Dispose();
        Browser = Stage.App.OpenWindow();
    }

    /// <summary>Another window of the same browser, with the cookies as they are now.</summary>
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

    /// <summary>No log entry of the package, at any level, holds a token, a code, a nonce, a secret, or who somebody is.</summary>
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

    private async Task<Page> PostAsync(Answer answer, string origin)
    {
        Browser.Headers["Origin"] = origin;
        try
        {
            return Watch(await Browser.PostAsync(answer.Address, answer.Parameters, Cancelled));
        }
        finally
        {
            Browser.Headers.Remove("Origin");
        }
    }

    private async Task<(Page Page, Answer? Answer)> WalkAsync(Page page)
    {
        for (var step = 0; step < MaxSteps; step++)
        {
            if (Answer.Read(page, Callback) is { } answer)
            {
                return (page, answer);
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

    // Whatever the row is about: the application never breaks, and no cookie header outgrows a proxy.
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
