using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The browser closes the connection during a callback, because of a second click or a closed tab.</summary>
public sealed class ClosedConnectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_of_two_clicks_signs_in_when_it_closes_the_connection_of_the_first_and_nothing_is_logged_as_a_failure()
    {
        using var gate = new Gate();
        await using var app = await RelyingParty.StartAsync(options =>
        {
            gate.InnerHandler = options.BackchannelHttpHandler!;
            options.BackchannelHttpHandler = gate;
        });
        app.Browser.FollowsRedirects = false;
        var callback = (await app.SignInAsync()).Headers.Location!;
        while (!callback.AbsolutePath.StartsWith("/signin-", StringComparison.Ordinal))
        {
            callback = new Uri(callback, (await app.Browser.GoAsync(callback.AbsoluteUri, Ct)).Headers.Location!);
        }

        using var second = app.OpenWindow();
        using var first = app.OpenWindow();
        using var closing = new CancellationTokenSource();
        var click = first.GoAsync(callback.AbsoluteUri, closing.Token);
        await gate.Reached.Task.WaitAsync(Ct);
        await closing.CancelAsync();
        await Should.ThrowAsync<Exception>(click);
        var response = second.GoAsync(callback.AbsoluteUri, Ct);
        gate.Open.SetResult();

        (await response).Headers.Location!.OriginalString.ShouldBe("/profile");
        second.SessionCookie().ShouldNotBeNull();
        gate.Redemptions.ShouldBe(1);
        app.Log.GetSnapshot().ShouldNotContain(entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_sign_out_whose_tab_is_closed_ends_the_session()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store, services: services => services.Configure<CookieAuthenticationOptions>("Cookies", options => options.Events.OnSigningOut = context =>
        {
            context.HttpContext.Abort();
            return Task.CompletedTask;
        }));
        await app.SignInAsync();
        var cookie = app.SessionCookie()!;

        await Should.ThrowAsync<Exception>(app.OpenAsync("/signout"));

        await Eventually.BecomesTrueAsync(() => Task.FromResult(store.Count.Sessions == 0), "the session ends though no one waits for it");
        (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_sign_in_over_a_live_session_whose_tab_is_closed_still_ends_the_old_session()
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartAsync(store: store, options: options => options.Events.OnTicketReceived = context =>
        {
            if (context.HttpContext.Request.Cookies.ContainsKey(SessionSite.CookieName))
            {
                context.HttpContext.Abort();
            }

            return Task.CompletedTask;
        });
        await app.SignInAsync();
        var planted = app.SessionCookie()!;

        await Should.ThrowAsync<Exception>(app.OpenAsync("/challenge"));

        await Eventually.BecomesTrueAsync(async () => await app.TryCookieAsync(planted) == HttpStatusCode.Redirect, "the old session ends though no one waits for it");
    }

    /// <summary>Delays the token request, once.</summary>
    private sealed class Gate : DelegatingHandler
    {
        private int _redemptions;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Redemptions => _redemptions;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == "/token")
            {
                Interlocked.Increment(ref _redemptions);
                Reached.TrySetResult();
                await Open.Task.WaitAsync(cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
