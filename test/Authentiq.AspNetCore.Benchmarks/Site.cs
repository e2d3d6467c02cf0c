using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.Benchmarks;

/// <summary>An application with a page for signed-in people, and the request of somebody who opens it.</summary>
internal sealed class Site : IAsyncDisposable
{
    public const string ClientId = "the-client";
    public const string ClientSecret = "a-client-secret-of-32-characters";
    public const string Authority = "https://connect.authentiq.io/";

    private readonly WebApplication _app;
    private readonly NullServer _server;
    private readonly HttpRequestFeature _request = new() { Method = "GET", Scheme = "https", Path = "/page", Protocol = "HTTP/1.1" };

    private Site(WebApplication app, NullServer server)
    {
        (_app, _server) = (app, server);
        _request.Headers.Host = "app.example.test";
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>The size of the cookies in bytes.</summary>
    public int CookieBytes => _request.Headers.Cookie.ToString().Length;

    public static async Task<Site> StartAsync(Action<IServiceCollection> add, bool saveTokens)
    {
        var server = new NullServer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IServer>(server);
        builder.Services.AddAuthorization();
        add(builder.Services);

        var app = builder.Build();
        app.MapGet("/page", ReadSubject).RequireAuthorization();
        app.MapGet("/sign-in", (HttpContext context) => SignInAsync(context, saveTokens));
        await app.StartAsync();

        var site = new Site(app, server);
        await site.KeepCookieAsync();
        return site;
    }

    /// <summary>Opens the page.</summary>
    /// <exception cref="InvalidOperationException">Nobody was signed in: the figure would be of something else.</exception>
    public async Task OpenAsync()
    {
        var response = new HttpResponseFeature();
        await _server.RunAsync(_request, response);
        if (response.StatusCode != StatusCodes.Status200OK)
        {
            throw new InvalidOperationException($"The page answered {response.StatusCode}.");
        }
    }

    /// <summary>Posts a form.</summary>
    public async Task<int> PostAsync(string path, byte[] form)
    {
        var request = new HttpRequestFeature { Method = "POST", Scheme = "https", Path = path, Protocol = "HTTP/1.1", Body = new MemoryStream(form) };
        request.Headers.Host = "app.example.test";
        request.Headers.ContentType = "application/x-www-form-urlencoded";
        request.Headers.ContentLength = form.Length;
        var response = new HttpResponseFeature();
        await _server.RunAsync(request, response);
        return response.StatusCode;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task KeepCookieAsync()
    {
        var response = new HttpResponseFeature();
        _request.Path = "/sign-in";
        await _server.RunAsync(_request, response);
        _request.Headers.Cookie = string.Join("; ", response.Headers.SetCookie.Select(cookie => cookie!.Split(';')[0]));
        _request.Path = "/page";
    }

    private static Task ReadSubject(HttpContext context)
    {
        context.Response.ContentLength = context.User.FindFirst("sub")!.Value.Length;
        return Task.CompletedTask;
    }

    private static Task SignInAsync(HttpContext context, bool saveTokens)
    {
        var now = TimeProvider.System.GetUtcNow();
        var facts = new SessionBinding(SessionKeys.Create()[..22], SessionKeys.Create()[..22], now, now);
        var properties = new AuthenticationProperties();
        facts.WriteTo(properties);
        if (saveTokens)
        {
            properties.StoreTokens([new() { Name = "access_token", Value = SomeToken('a', 900) }, new() { Name = "id_token", Value = SomeToken('i', 1200) }, new() { Name = "refresh_token", Value = SomeToken('r', 900) }]);
        }

        string[] claims = ["sub", "sid", "iss", "name", "given_name", "family_name", "email", "email_verified", "auth_time", "amr"];
        var identity = new ClaimsIdentity(claims.Select(type => new Claim(type, "a value of usual length", ClaimValueTypes.String, Authority)), "Authentiq", "name", "role");
        return context.SignInAsync("Cookies", new ClaimsPrincipal(identity), properties);
    }

    private static string SomeToken(char letter, int length) => new(letter, length);
}
