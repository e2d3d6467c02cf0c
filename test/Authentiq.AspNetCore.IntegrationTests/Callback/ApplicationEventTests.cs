using System.Net;
using System.Security.Claims;
using Authentiq.Emulator;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Events of the application cannot disable the guarantees of the handler.</summary>
public sealed class ApplicationEventTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_claim_that_the_application_removes_stays_removed()
    {
        await using var app = await RelyingParty.StartAsync(options => options.Events.OnTokenValidated = context =>
        {
            var identity = (ClaimsIdentity)context.Principal!.Identity!;
            identity.RemoveClaim(identity.FindFirst("given_name"));
            return Task.CompletedTask;
        });
        await app.SignInAsync();

        (await app.OpenAsync("/claims")).Body.ShouldNotContain("given_name");
    }

    [Fact]
    public async Task A_sign_in_that_the_application_completes_early_still_uses_its_response()
    {
        var clock = SessionSite.Clock();
        await using var app = await RelyingParty.StartAsync(
            options =>
            {
                (options.ResponseType, options.ResponseMode) = ("id_token", "form_post");
                options.Events.OnTokenValidated = context =>
                {
                    context.Success();
                    return Task.CompletedTask;
                };
            },
            clock: clock);
        await app.SignInAsync();
        var fields = app.Browser.FieldsOf("Continue");
        using var kept = app.OpenWindow();
        (await app.Browser.PressAsync("Continue")).Body.ShouldStartWith("signed in");
        clock.Advance(TimeSpan.FromMinutes(3));

        await kept.PostAsync(RelyingParty.Address + "/signin-authentiq", fields, Ct);

        kept.SessionCookie().ShouldBeNull();
    }

    [Fact]
    public async Task A_session_with_new_properties_from_the_last_event_still_ends_with_a_logout()
    {
        await using var app = await RelyingParty.StartAsync(options => options.Events.OnTicketReceived = context =>
        {
            context.Properties = new AuthenticationProperties { RedirectUri = "/profile" };
            return Task.CompletedTask;
        });
        await app.SignInAsync();
        await app.ShouldBeSignedInAsync();

        await app.SignOutOnThePhoneAsync();

        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Forbidden)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task A_sign_in_that_the_application_completes_at_userinfo_still_validates_its_scopes(bool isVerified, HttpStatusCode status)
    {
        await using var app = await RelyingParty.StartAsync(options =>
        {
            options.UserInfoMode = AuthentiqUserInfoMode.Always;
            options.Events.OnUserInformationReceived = context =>
            {
                context.Success();
                return Task.CompletedTask;
            };
        });
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => _ = draft.Payload.Remove("email") | draft.Payload.Remove("email_verified"));
        app.Provider.Faults.BeforeUserInfoAnswer(response => response["email_verified"] = isVerified);

        (await app.SignInAsync()).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("code id_token")]
    public async Task New_properties_after_the_ID_token_do_not_skip_the_validation_of_scopes(string responseType)
    {
        await using var app = await RelyingParty.StartAsync(options =>
        {
            (options.ResponseType, options.ResponseMode) = (responseType, "form_post");
            options.Events.OnTokenValidated = context =>
            {
                // The base handler requires them to redeem the code.
                var old = context.Properties!;
                context.Properties = new AuthenticationProperties { RedirectUri = old.RedirectUri };
                foreach (var (key, value) in old.Items.Where(item => item.Key == OAuthConstants.CodeVerifierKey || item.Key == OpenIdConnectDefaults.RedirectUriForCodePropertiesKey))
                {
                    context.Properties.Items[key] = value;
                }

                return Task.CompletedTask;
            };
        });
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload["email_verified"] = false);
        app.Provider.Faults.BeforeSigning(TokenKind.IdToken, draft => draft.Payload["email_verified"] = false);
        app.Provider.Faults.BeforeUserInfoAnswer(response => response["email_verified"] = false);

        (await app.SignInThroughScriptsAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_cookie_scheme_that_forwards_to_itself_has_a_maximum_size_too()
    {
        await using var app = await RelyingParty.StartAsync(
            options => options.Events.OnTokenValidated = context =>
            {
                ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new("large", new string('x', 50_000)));
                return Task.CompletedTask;
            },
            authentication: services =>
            {
                services.AddAuthentication().AddAuthentiq();
                services.Configure<CookieAuthenticationOptions>("Cookies", cookie => cookie.ForwardDefaultSelector = _ => "Cookies");
            });

        (await app.SignInAsync()).Status.ShouldBe(HttpStatusCode.BadGateway);
        app.SessionCookie().ShouldBeNull();
    }

    [Fact]
    public async Task With_a_ticket_store_of_the_application_a_stored_response_signs_no_user_in_after_a_logout()
    {
        await using var app = await RelyingParty.StartAsync(authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.Configure<CookieAuthenticationOptions>("Cookies", cookie => cookie.SessionStore = new OwnTicketStore());
        });
        app.Browser.FollowsRedirects = false;
        var page = await app.SignInAsync();
        while (page.Headers.Location is { } location && !location.OriginalString.Contains("/signin-", StringComparison.Ordinal))
        {
            page = await app.Browser.GoAsync(new Uri(page.Url, location).AbsoluteUri, Ct);
        }

        var callback = page.Headers.Location!.AbsoluteUri;
        using var kept = app.OpenWindow();
        await app.Browser.GoAsync(callback, Ct);
        app.SessionCookie().ShouldNotBeNull();
        await app.OpenAsync("/signout");

        await kept.GoAsync(callback, Ct);

        kept.SessionCookie().ShouldBeNull();
    }

    private sealed class OwnTicketStore : ITicketStore
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, AuthenticationTicket> _tickets = new(StringComparer.Ordinal);

        public Task<string> StoreAsync(AuthenticationTicket ticket)
        {
            var key = Guid.NewGuid().ToString();
            _tickets[key] = ticket;
            return Task.FromResult(key);
        }

        public Task RenewAsync(string key, AuthenticationTicket ticket)
        {
            _tickets[key] = ticket;
            return Task.CompletedTask;
        }

        public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(_tickets.GetValueOrDefault(key));

        public Task RemoveAsync(string key)
        {
            _tickets.TryRemove(key, out _);
            return Task.CompletedTask;
        }
    }
}
