using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator.Tests;

/// <summary>An emulator in memory with two clients, a fake clock and a browser.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private readonly HttpMessageInvoker _backchannel;

    private Lab(AuthentiqEmulator emulator, FakeTimeProvider clock)
    {
        Emulator = emulator;
        Clock = clock;
        Browser = NewBrowser();
        _backchannel = new(emulator.CreateHandler());
    }

    public AuthentiqEmulator Emulator { get; }

    public FakeTimeProvider Clock { get; }

    public Browser Browser { get; }

    public static async Task<Lab> StartAsync(Action<EmulatorOptions>? options = null, Action<EmulatorClient>? client = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        var emulator = await AuthentiqEmulator.StartInMemoryAsync(
            o =>
            {
                o.TimeProvider = clock;
                options?.Invoke(o);
            },
            TestContext.Current.CancellationToken);
        foreach (var id in (string[])[The.ClientId, The.OtherClientId])
        {
            emulator.Clients.Register(registration =>
            {
                registration.ClientId = id;
                registration.ClientSecret = The.ClientSecret;
                registration.Name = "The application";
                registration.RedirectUris.Add(The.RedirectUri);
                registration.PostLogoutRedirectUris.Add(The.SignedOutUri);
                if (id == The.ClientId)
                {
                    client?.Invoke(registration);
                }
            });
        }

        return new(emulator, clock);
    }

    /// <summary>Starts an emulator that approves every sign-in at once.</summary>
    public static Task<Lab> StartApprovingAsync(Action<EmulatorOptions>? options = null, Action<EmulatorClient>? client = null) => StartAsync(
        o =>
        {
            o.ApproveAs = Personas.Alice;
            options?.Invoke(o);
        },
        client);

    public static Dictionary<string, string> Request(params (string Name, string? Value)[] changes) => With(
        new(StringComparer.Ordinal)
        {
            ["client_id"] = The.ClientId,
            ["response_type"] = "code",
            ["scope"] = "openid email~r profile",
            ["redirect_uri"] = The.RedirectUri,
            ["state"] = The.State,
            ["nonce"] = "the-nonce",
        },
        changes);

    public static string Challenge(string verifier) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public Browser NewBrowser() => new(new SimulatedInternet().Add("connect.authentiq.io", Emulator.CreateHandler()).Add("app.example.test", new Echo()));

    /// <summary>Sends an authorization request with the browser.</summary>
    public Task<Page> GoAsync(params (string Name, string? Value)[] changes) =>
        Browser.GoAsync(QueryHelpers.AddQueryString(The.Provider + "/authorize", Request(changes)!), TestContext.Current.CancellationToken);

    /// <summary>Signs in and returns the authorization response. A form post is sent.</summary>
    public async Task<ApplicationResponse> AuthorizeAsync(params (string Name, string? Value)[] changes)
    {
        var page = await GoAsync(changes);
        return ApplicationResponse.Read(page.Body.Contains("id=\"answer\"", StringComparison.Ordinal) ? await Browser.PressAsync("Continue") : page);
    }

    /// <summary>Signs in and redeems the code. The emulator must approve sign-ins at once.</summary>
    public async Task<JsonReply> SignInAsync(params (string Name, string? Value)[] changes)
    {
        var result = await AuthorizeAsync(changes);
        return await RedeemAsync(result["code"].ShouldNotBeNull(result["error_description"]), clientId: changes.FirstOrDefault(change => change.Name == "client_id").Value ?? The.ClientId);
    }

    public Task<JsonReply> RedeemAsync(string code, string clientId = The.ClientId, params (string Name, string? Value)[] changes)
    {
        var form = With(new(StringComparer.Ordinal) { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = The.RedirectUri }, changes);
        return TokenAsync(new FormUrlEncodedContent(form), Basic(Uri.EscapeDataString(clientId), Uri.EscapeDataString(The.ClientSecret)));
    }

    public async Task<JsonReply> TokenAsync(HttpContent content, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, The.Provider + "/token") { Content = content };
        request.Headers.Authorization = authorization;
        using var response = await SendAsync(request);
        return await JsonReply.ReadAsync(response);
    }

    public async Task<JsonReply> GetAsync(string path, string? accessToken = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{The.Provider}/{path}");
        request.Headers.Authorization = accessToken is null ? null : new("Bearer", accessToken);
        using var response = await SendAsync(request);
        return await JsonReply.ReadAsync(response);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _backchannel.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>Whether a token is signed with a published key.</summary>
    public async Task<bool> IsSignedWithAPublishedKeyAsync(JsonWebToken token)
    {
        var keys = new JsonWebKeySet((await GetAsync("public-keys")).Body.ToString());
        return await IsSignedWithAsync(token, keys.Keys.SingleOrDefault(key => key.Kid == token.Kid && key.Alg == token.Alg));
    }

    public async Task<bool> IsSignedWithAsync(JsonWebToken token, SecurityKey? key)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Emulator.Issuer.AbsoluteUri,
            ValidateAudience = false,
            ValidateLifetime = false,
            IssuerSigningKey = key,
        });
        return result.IsValid;
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        _backchannel.Dispose();
        await Emulator.DisposeAsync();
    }

    public static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}:{secret}")));

    private static Dictionary<string, string> With(Dictionary<string, string> parameters, (string Name, string? Value)[] changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                parameters.Remove(name);
            }
            else
            {
                parameters[name] = value;
            }
        }

        return parameters;
    }
}
