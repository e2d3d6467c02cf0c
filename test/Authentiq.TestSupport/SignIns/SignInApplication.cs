using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.TestSupport;

/// <summary>An application with one page that requires a user, and browsers that sign in there. A browser is a list of cookies, so that a measurement is of the application.</summary>
public sealed class SignInApplication : IAsyncDisposable
{
    private const string Host = "app.example.test";
    private const string Page = "/page";

    private readonly WebApplication _application;
    private readonly Func<Action<HttpContext>, CancellationToken, Task<HttpContext>> _send;
    private readonly InstantProvider _provider;

    private SignInApplication(WebApplication application, InstantProvider provider)
    {
        (_application, _provider) = (application, provider);
        _send = application.GetTestServer().SendAsync;
    }

    /// <summary>Starts an application.</summary>
    /// <param name="provider">The provider that approves the sign-ins.</param>
    /// <param name="add">Adds the authentication schemes.</param>
    public static async Task<SignInApplication> StartAsync(InstantProvider provider, Action<IServiceCollection> add)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(add);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthorization();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        add(builder.Services);

        var application = builder.Build();
        application.MapGet(Page, WriteNameAsync).RequireAuthorization();
        await application.StartAsync();
        return new(application, provider);
    }

    /// <summary>Signs a new user in, in a new browser: the page, the challenge, the approval, the callback, and the page again.</summary>
    /// <exception cref="InvalidOperationException">The browser was not signed in as that user at the end.</exception>
    public async Task SignInAsync()
    {
        var cookies = new List<KeyValuePair<string, string>>(4);
        var challenge = await SendAsync(Page, query: "", cookies);
        Require(challenge.StatusCode, StatusCodes.Status302Found, "the page without a user");

        var (callback, userName) = _provider.Authorize(challenge.Headers.Location.ToString());
        var path = callback.IndexOf(Host, StringComparison.Ordinal) + Host.Length;
        var query = callback.IndexOf('?', StringComparison.Ordinal);
        var signedIn = await SendAsync(callback[path..query], callback[query..], cookies);
        Require(signedIn.StatusCode, StatusCodes.Status302Found, "the callback");
        if (!signedIn.Headers.Location.ToString().EndsWith(Page, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The callback redirected to '{signedIn.Headers.Location}'.");
        }

        var page = await SendAsync(Page, query: "", cookies);
        Require(page.StatusCode, StatusCodes.Status200OK, "the page with a user");
        using var body = new StreamReader(page.Body, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 128);
        var shown = await body.ReadToEndAsync();
        if (shown != userName)
        {
            throw new InvalidOperationException($"The user is '{userName}', and the page shows '{shown}'.");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task<HttpResponse> SendAsync(string path, string query, List<KeyValuePair<string, string>> cookies)
    {
        var context = await _send(Prepare, CancellationToken.None);
        foreach (var header in context.Response.Headers.SetCookie)
        {
            Store(cookies, header!);
        }

        return context.Response;

        void Prepare(HttpContext context)
        {
            var request = context.Request;
            (request.Method, request.Scheme, request.Host, request.Path, request.QueryString) = (HttpMethods.Get, "https", new HostString(Host), path, new QueryString(query));
            if (cookies.Count > 0)
            {
                request.Headers.Cookie = string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
            }
        }
    }

    // A cookie without a value is one that is deleted.
    private static void Store(List<KeyValuePair<string, string>> cookies, string header)
    {
        var equals = header.IndexOf('=', StringComparison.Ordinal);
        var end = header.IndexOf(';', equals);
        var name = header[..equals];
        cookies.RemoveAll(cookie => cookie.Key == name);
        if ((end < 0 ? header.Length : end) > equals + 1)
        {
            cookies.Add(new(name, end < 0 ? header[(equals + 1)..] : header[(equals + 1)..end]));
        }
    }

    private static void Require(int status, int expected, string what)
    {
        if (status != expected)
        {
            throw new InvalidOperationException($"Expected {expected} from {what}, and the status is {status}.");
        }
    }

    private static Task WriteNameAsync(HttpContext context) => context.Response.WriteAsync(context.User.FindFirstValue("name")!);
}
