using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Cookies and sessions with copies in the process behave as the cookies of the framework.</summary>
public sealed class FirstLevelParityTests
{
    [Fact]
    public Task Sessions_are_renewed_past_half_time_and_expire_as_with_the_framework() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 4);
            site.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(10));
            await site.VisitAsync("/who", times: 3);

            // From a copy that is 15 seconds old.
            site.Clock.Advance(TimeSpan.FromSeconds(15));
            await site.VisitAsync("/who", times: 4);
            site.Clock.Advance(TimeSpan.FromMinutes(29));
            await site.VisitAsync("/who", times: 3);
            site.Clock.Advance(TimeSpan.FromMinutes(61));
            await site.VisitAsync("/who", times: 2);
        },
        check: record => record.Count(line => line.StartsWith("/who 200 sets", StringComparison.Ordinal)).ShouldBe(1));

    [Fact]
    public Task A_copy_expires_with_its_session() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            site.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(10));
            await site.VisitAsync("/who", times: 3);
            site.Clock.Advance(TimeSpan.FromSeconds(15));
            await site.VisitAsync("/who", times: 1);
        },
        () => cookie => cookie.SlidingExpiration = false,
        check: record => record[^1].ShouldContain(" none "));

    [Fact]
    public Task OnValidatePrincipal_rejects_a_session_with_a_copy() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 5);
        },
        () =>
        {
            var calls = 0;
            return cookie => cookie.Events.OnValidatePrincipal = async context =>
            {
                if (++calls == 4)
                {
                    context.RejectPrincipal();
                    await context.HttpContext.SignOutAsync("Cookies");
                }
            };
        });

    [Fact]
    public Task OnValidatePrincipal_rejects_one_request_only() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 5);
        },
        () =>
        {
            var calls = 0;
            return cookie => cookie.Events.OnValidatePrincipal = context =>
            {
                if (++calls == 3)
                {
                    context.RejectPrincipal();
                }

                return Task.CompletedTask;
            };
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task OnValidatePrincipal_replaces_the_user_with_or_without_renewal(bool renew) => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 7);
        },
        () =>
        {
            var calls = 0;
            return cookie => cookie.Events.OnValidatePrincipal = context =>
            {
                if (++calls is 3 or 5)
                {
                    context.ReplacePrincipal(new(new ClaimsIdentity([new("name", "renamed " + context.Principal!.Identity!.Name)], "test", "name", "role")));
                    context.Properties.Items["note"] = "from the event";
                    context.ShouldRenew = renew;
                }

                return Task.CompletedTask;
            };
        },
        check: record => record.Any(line => line.Contains("renamed renamed", StringComparison.Ordinal)).ShouldBe(renew));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task OnCheckSlidingExpiration_forces_or_forbids_the_renewal(bool renew) => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 3);
            site.Clock.Advance(TimeSpan.FromMinutes(45));
            await site.VisitAsync("/who", times: 4);
        },
        () => cookie => cookie.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew = renew;
            return Task.CompletedTask;
        },
        check: record => record.Count(line => line.StartsWith("/who 200 sets", StringComparison.Ordinal)).ShouldBe(renew ? 7 : 0));

    [Fact]
    public Task Large_tickets_in_chunked_cookies_are_read_in_full() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync(claims: 60);
            await site.VisitAsync("/who", times: 4);
            site.Clock.Advance(TimeSpan.FromMinutes(40));
            await site.VisitAsync("/who", times: 4);
            await site.SignInAsync("bob", claims: 90);
            await site.VisitAsync("/who", times: 3);
            await site.SignInAsync("carol");
            await site.VisitAsync("/who", times: 3);
            await site.VisitAsync("/sign-out");
            await site.VisitAsync("/who", times: 2);
        },
        check: record => record.Count(line => line.Contains("claims=62/", StringComparison.Ordinal)).ShouldBe(8));

    [Fact]
    public Task A_claims_transformation_starts_with_the_claims_of_the_session_in_each_request() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 6);
        },
        services: services => services.AddSingleton<IClaimsTransformation, AddsOneClaim>(),
        check: record => record.Where(line => line.StartsWith("/who", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Count().ShouldBe(1));

    [Fact]
    public Task Changes_by_a_page_to_the_user_and_the_properties_end_with_the_request() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/change", times: 6);
        },
        check: record => record.Where(line => line.StartsWith("/change", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Count().ShouldBe(1));

    [Fact]
    public Task Changes_by_an_event_to_the_user_and_the_properties_end_with_the_request_that_does_not_renew() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 5);
            site.Clock.Advance(TimeSpan.FromMinutes(40));

            // The renewal stores the change of its own request, and of no other.
            await site.VisitAsync("/who", times: 5);
        },
        () => cookie => cookie.Events.OnValidatePrincipal = context =>
        {
            ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new("event", "a"));
            context.Properties.SetString("more", context.Properties.GetString("more") + "+");
            return Task.CompletedTask;
        });

    [Fact]
    public Task Garbage_truncated_and_altered_cookies_are_nobody() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 3);
            var cookie = site.App.SessionCookie()!;
            var middle = cookie.Length / 2;
            foreach (var value in (string[])[
                "x", "", new string('A', 200), cookie[..^1], cookie[..^8], cookie[1..], cookie + "A", cookie + cookie, cookie[..middle] + (cookie[middle] == 'A' ? 'B' : 'A') + cookie[(middle + 1)..],
                (cookie[0] == 'A' ? 'B' : 'A') + cookie[1..], cookie[..^32] + new string('A', 32), new string('A', cookie.Length - 32) + cookie[^32..], cookie.ToUpperInvariant(), "chunks-2", "chunks-x"])
            {
                await site.VisitWithAsync(value);
                await site.VisitWithAsync(value);
            }

            await site.VisitWithAsync(cookie);
        },
        check: record =>
        {
            record.Count(line => line.StartsWith("200 none", StringComparison.Ordinal)).ShouldBe(30);
            record[^1].ShouldStartWith("200 alice");
        });

    [Fact]
    public Task The_cookie_of_one_scheme_is_nobody_in_another() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 3);
            var cookie = site.App.SessionCookie()!;
            await site.VisitWithAsync(cookie, ".AspNetCore.Other", "/other?scheme=Other");
            await site.VisitWithAsync(cookie, ".AspNetCore.Other", "/other?scheme=Other");
            await site.VisitWithAsync(cookie, SessionSite.CookieName, "/other?scheme=Cookies");
        },
        services: services => services.AddAuthentication().AddCookie("Other"),
        check: record => record.Where(line => line.StartsWith("200 ", StringComparison.Ordinal)).ShouldBe(["200 none", "200 none", "200 alice"]));

    [Fact]
    public Task Sessions_outlast_a_reload_of_the_options_and_the_new_options_apply() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 3);
            site.App.Services.GetRequiredService<IOptionsMonitorCache<CookieAuthenticationOptions>>().Clear();
            await site.VisitAsync("/who", times: 4);
            site.App.Services.GetRequiredService<IOptionsMonitorCache<CookieAuthenticationOptions>>().Clear();
            await site.VisitAsync("/sign-out");
            await site.VisitAsync("/who", times: 2);
        });

    [Fact]
    public Task Sign_in_over_a_session_and_sign_out_take_effect_in_the_next_request() => FirstLevelSite.ShouldBehaveAsTheFrameworkAsync(
        async site =>
        {
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 3);
            await site.SignInAsync("bob");
            await site.VisitAsync("/who", times: 3);
            await site.VisitAsync("/sign-out");
            await site.VisitAsync("/who", times: 3);
            await site.SignInAsync("carol");
            await site.VisitAsync("/who", times: 3);
        });

    [Theory]
    [InlineData(FirstLevelSite.PlainCookie)]
    [InlineData(FirstLevelSite.StoreElsewhere)]
    public async Task Revoked_Data_Protection_keys_end_what_they_protect(string kind)
    {
        foreach (var each in (string[])[FirstLevelSite.Framework, kind])
        {
            var repository = new FirstLevelKeys();
            await using var site = await FirstLevelSite.StartAsync(each, services: services => services.Configure<KeyManagementOptions>(options =>
            {
                options.XmlRepository = repository;
                options.XmlEncryptor = null;
            }));
            await site.SignInAsync();
            await site.VisitAsync("/who", times: 3);
            site.Record[^1].ShouldStartWith("/who 200 - alice");

            site.App.Services.GetRequiredService<IKeyManager>().RevokeAllKeys(TimeProvider.System.GetUtcNow().AddSeconds(1), "test");

            // Data Protection itself reads its keys again in the background.
            var cookie = site.App.SessionCookie()!;
            await Eventually.BecomesTrueAsync(async () => (await site.VisitWithAsync(cookie)).StartsWith("200 none", StringComparison.Ordinal), "the keys are revoked: " + each);
        }
    }

    private sealed class AddsOneClaim : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            ((ClaimsIdentity)principal.Identity!).AddClaim(new("transformed", "yes"));
            return Task.FromResult(principal);
        }
    }
}
