using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A copy serves the browser, the scheme and the application of its own session only.</summary>
public sealed class FirstLevelIsolationTests
{
    [Theory]
    [MemberData(nameof(FirstLevelSite.OurKinds), MemberType = typeof(FirstLevelSite))]
    public async Task Many_users_at_once_are_each_themselves(string kind)
    {
        const int Users = 20;
        await using var site = await FirstLevelSite.StartAsync(kind);

        var seen = await Task.WhenAll(Enumerable.Range(0, Users).Select(number => Task.Run(async () =>
        {
            using var browser = new Browser(site.App.Internet);
            await site.App.OpenAsync(browser, string.Create(CultureInfo.InvariantCulture, $"/sign-in?name=user-{number}&claims=0"));
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < 8; i++)
            {
                names.Add((await site.App.OpenAsync(browser, i % 2 == 0 ? "/who" : "/change")).Body);
            }

            return names.ShouldHaveSingleItem();
        })));

        seen.Select(body => body[..body.IndexOf(' ', StringComparison.Ordinal)]).ShouldBe(Enumerable.Range(0, Users).Select(number => string.Create(CultureInfo.InvariantCulture, $"user-{number}")));
    }

    [Theory]
    [MemberData(nameof(FirstLevelSite.OurKinds), MemberType = typeof(FirstLevelSite))]
    public async Task A_browser_without_the_cookie_receives_no_copy(string kind)
    {
        await using var site = await FirstLevelSite.StartAsync(kind);
        await site.SignInAsync();
        await site.VisitAsync("/who", times: 4);

        using var browser = new Browser(site.App.Internet);

        (await site.App.OpenAsync(browser, "/who")).Body.ShouldStartWith("none");
    }

    [Theory]
    [InlineData(FirstLevelSite.PlainCookie)]
    [InlineData(FirstLevelSite.InProcess)]
    [InlineData(FirstLevelSite.StoreElsewhere)]
    public async Task The_cookie_of_one_Authentiq_scheme_is_nobody_in_another(string kind)
    {
        using var store = new ProbedSessionStore();
        await using var app = await RelyingParty.StartAsync(
            authentication: services =>
            {
                if (kind == FirstLevelSite.StoreElsewhere)
                {
                    services.AddSingleton<IAuthentiqSessionStore>(store);
                }

                services.AddAuthentication("One").AddCookie("One").AddCookie("Two")
                    .AddAuthentiq(options => options.SignInScheme = "One")
                    .AddAuthentiq("Second", options => (options.ClientId, options.ClientSecret, options.SignInScheme) = (RelyingParty.ClientId, RelyingParty.ClientSecret, "Two"));
                if (kind != FirstLevelSite.PlainCookie)
                {
                    services.AddAuthentiqSessions();
                }
            },
            map: MapSchemes);
        await app.OpenAsync("/sign-in?scheme=One&name=alice");
        await app.OpenAsync("/sign-in?scheme=Two&name=bob");
        var cookies = app.Browser.Cookies.GetCookies(new Uri(RelyingParty.Address));
        var (one, two) = (cookies[".AspNetCore.One"]!.Value, cookies[".AspNetCore.Two"]!.Value);
        for (var i = 0; i < 4; i++)
        {
            (await app.OpenAsync("/as?scheme=One")).Body.ShouldBe("alice");
            (await app.OpenAsync("/as?scheme=Two")).Body.ShouldBe("bob");
        }

        using var browser = new Browser(app.Internet);
        browser.Headers["Cookie"] = $".AspNetCore.One={two}; .AspNetCore.Two={one}";
        for (var i = 0; i < 2; i++)
        {
            (await app.OpenAsync(browser, "/as?scheme=One")).Body.ShouldBe("none");
            (await app.OpenAsync(browser, "/as?scheme=Two")).Body.ShouldBe("none");
        }

        (await app.OpenAsync("/as?scheme=One")).Body.ShouldBe("alice");
    }

    [Theory]
    [MemberData(nameof(FirstLevelSite.OurKinds), MemberType = typeof(FirstLevelSite))]
    public async Task Two_applications_in_one_process_share_no_copies(string kind)
    {
        void Separate(IServiceCollection services) => services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        await using var one = await FirstLevelSite.StartAsync(kind, services: Separate);
        await using var two = await FirstLevelSite.StartAsync(kind, services: Separate);
        await one.SignInAsync();
        await one.VisitAsync("/who", times: 4);
        one.Record[^1].ShouldStartWith("/who 200 - alice");

        (await two.VisitWithAsync(one.App.SessionCookie()!)).ShouldStartWith("200 none");
        (await one.VisitWithAsync(one.App.SessionCookie()!)).ShouldStartWith("200 alice");
    }

    [Fact]
    public async Task A_format_of_the_application_reads_every_cookie()
    {
        var format = new CountingFormat();
        await using var site = await FirstLevelSite.StartAsync(FirstLevelSite.PlainCookie, cookie => cookie.TicketDataFormat = format);
        await site.SignInAsync();
        await site.VisitAsync("/who", times: 5);

        format.Reads.ShouldBe(5);
        site.Record[^1].ShouldStartWith("/who 200 - alice");
    }

    [Fact]
    public async Task A_ticket_store_of_the_application_is_asked_in_every_request()
    {
        var store = new CountingTicketStore();
        await using var site = await FirstLevelSite.StartAsync(FirstLevelSite.PlainCookie, cookie => cookie.SessionStore = store);
        await site.SignInAsync();
        await site.VisitAsync("/who", times: 5);
        store.Reads.ShouldBe(5);

        store.Tickets.Clear();

        await site.VisitAsync("/who");
        site.Record[^1].ShouldContain(" none ");
    }

    [Fact]
    public async Task A_cookie_of_an_application_without_Authentiq_stays_valid()
    {
        var repository = new FirstLevelKeys();
        void Share(IServiceCollection services)
        {
            services.Configure<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>(options =>
            {
                options.XmlRepository = repository;
                options.XmlEncryptor = null;
            });
            services.AddDataProtection().SetApplicationName("shared");
        }

        await using var framework = await FirstLevelSite.StartAsync(FirstLevelSite.Framework, services: Share);
        await using var ours = await FirstLevelSite.StartAsync(FirstLevelSite.PlainCookie, services: Share);
        await framework.SignInAsync("alice");
        await ours.SignInAsync("bob");

        (await ours.VisitWithAsync(framework.App.SessionCookie()!)).ShouldStartWith("200 alice");
        (await framework.VisitWithAsync(ours.App.SessionCookie()!)).ShouldStartWith("200 bob");
    }

    private static void MapSchemes(WebApplication app)
    {
        app.MapGet("/sign-in", (HttpContext context, string scheme, string name) => context.SignInAsync(scheme, new(new ClaimsIdentity([new("name", name), new("sub", name)], "test", "name", "role"))));
        app.MapGet("/as", async (HttpContext context, string scheme) => (await context.AuthenticateAsync(scheme)).Principal?.Identity?.Name ?? "none");
    }

    private sealed class CountingFormat : ISecureDataFormat<AuthenticationTicket>
    {
        private readonly TicketDataFormat _inner = new(new EphemeralDataProtectionProvider().CreateProtector("test"));
        private int _reads;

        public int Reads => _reads;

        public string Protect(AuthenticationTicket data) => _inner.Protect(data);

        public string Protect(AuthenticationTicket data, string? purpose) => _inner.Protect(data, purpose);

        public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, purpose: null);

        public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
        {
            Interlocked.Increment(ref _reads);
            return _inner.Unprotect(protectedText, purpose);
        }
    }

    private sealed class CountingTicketStore : ITicketStore
    {
        private int _reads;

        public int Reads => _reads;

        public ConcurrentDictionary<string, AuthenticationTicket> Tickets { get; } = new(StringComparer.Ordinal);

        public Task<string> StoreAsync(AuthenticationTicket ticket)
        {
            var key = Guid.NewGuid().ToString("N");
            Tickets[key] = ticket;
            return Task.FromResult(key);
        }

        public Task RenewAsync(string key, AuthenticationTicket ticket)
        {
            Tickets[key] = ticket;
            return Task.CompletedTask;
        }

        public Task<AuthenticationTicket?> RetrieveAsync(string key)
        {
            Interlocked.Increment(ref _reads);
            return Task.FromResult(Tickets.GetValueOrDefault(key));
        }

        public Task RemoveAsync(string key)
        {
            Tickets.TryRemove(key, out _);
            return Task.CompletedTask;
        }
    }
}
