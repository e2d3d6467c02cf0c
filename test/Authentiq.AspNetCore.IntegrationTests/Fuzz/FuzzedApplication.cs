using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An application with a scheme for every shape of a sign-in, and no browser or network in between: a case costs as little as it can.</summary>
public sealed class FuzzedApplication : IAsyncLifetime
{
    private const string SessionCookie = ".AspNetCore.Cookies";

    // It advances with each read, so that data with a lifetime of seconds does not accumulate.
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(3) };
    private readonly SecretGuard _log = new();
    private readonly ScriptedProvider _provider = new();

    // FsCheck starts all cases concurrently. More cases than processors only slow each other down.
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);
    private WebApplication? _application;
    private int _attempts;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddProvider(_log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.ConfigureAll<AuthentiqOptions>(options => options.BackchannelHttpHandler = _provider);
        var authentication = builder.Services.AddAuthentication();
        foreach (var shape in Shape.All)
        {
            authentication.AddAuthentiq(shape.Scheme, shape.Configure);
        }

        _application = builder.Build();
        _application.MapGet("/login/{scheme}", (string scheme) => TypedResults.Challenge(new() { RedirectUri = "/profile" }, [scheme]));
        _application.MapGet("/profile", [Authorize] (ClaimsPrincipal user) => user.FindFirstValue("sub"));
        await _application.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _log.Entries.ShouldBeGreaterThan(0, "the guard has read nothing");
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        _turns.Dispose();
        _provider.Dispose();
        _log.Dispose();
    }

    /// <summary>Runs a case when it is its turn.</summary>
    internal async Task RunAsync(Func<Task> run)
    {
        await _turns.WaitAsync();
        try
        {
            await run();
        }
        finally
        {
            _turns.Release();
        }
    }

    internal async Task<Attempt> BeginAsync(Shape shape)
    {
        var response = await SendAsync(new RawRequest("/login/" + shape.Scheme));
        var attempt = new Attempt(shape, Interlocked.Increment(ref _attempts), _clock.GetUtcNow(), new Uri(response.Location!), response.Cookies);
        _provider.Begin(attempt);
        return attempt;
    }

    internal void End(Attempt attempt) => _provider.End(attempt);

    /// <summary>Sends a response to the callback, and asserts what must hold for every response.</summary>
    internal async Task CheckAsync(RawRequest callback, Verdict verdict, string? subject)
    {
        var response = await SendAsync(callback);

        response.Status.ShouldBeOneOf(200, 302, 400, 403, 502, 503);
        (response.Status is 200).ShouldBe(response.Body.Contains("location.hash", StringComparison.Ordinal), "200 is the fragment page, and nothing else");
        response.CacheControl.ShouldContain("no-store");
        var echo = response.Body + response.Location;
        (echo.Contains(SecretGuard.Canary, StringComparison.Ordinal) || echo.Contains(SecretGuard.Mark, StringComparison.Ordinal)).ShouldBeFalse("something was echoed: " + echo);

        var isSignedIn = response.Cookies.Any(cookie => cookie.StartsWith(SessionCookie, StringComparison.Ordinal));
        if (verdict is not Verdict.Either)
        {
            isSignedIn.ShouldBe(verdict is Verdict.SignsIn, $"{response.Status} {response.Location} {response.Body}");
        }

        var profile = await SendAsync(new RawRequest("/profile") { Cookies = [.. response.Cookies] });
        profile.Status.ShouldBe(isSignedIn ? 200 : 302);
        if (isSignedIn && subject is not null)
        {
            profile.Body.ShouldBe(subject);
        }

        _log.Leaks.ShouldBeEmpty();
    }

    private async Task<RawResponse> SendAsync(RawRequest request)
    {
        var context = await _application!.GetTestServer().SendAsync(http => request.ApplyTo(http.Request));
        using var body = new StreamReader(context.Response.Body, Encoding.UTF8);
        return new(
            context.Response.StatusCode,
            context.Response.Headers.Location,
            [.. context.Response.Headers.SetCookie.Select(cookie => cookie!.Split(';')[0]).Where(cookie => !cookie.EndsWith('='))],
            context.Response.Headers.CacheControl.ToString(),
            await body.ReadToEndAsync());
    }

    private sealed record RawResponse(int Status, string? Location, IReadOnlyList<string> Cookies, string CacheControl, string Body);
}
