using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class ProxyConformance(Stages stages) : IClassFixture<Stages>
{
    private const string Plain = "http://app.example.test/profile";

    internal static Topic Topic { get; } = new("Behind a proxy", "With forwarded headers applied, the redirect URI has the address of the browser and cookies are Secure. Otherwise one warning with the cause is logged.")
    {
        Rows =
        [
            Right("proto-right", "the proxy sends `X-Forwarded-Proto: https` and is trusted", Trusting("10.0.0.9"), "X-Forwarded-Proto", "https", "https://app.example.test/signin-authentiq"),
            Right("proto-right-by-call", "`app.UseForwardedHeaders()` is called before authentication", new() { Services = Trust("10.0.0.9"), Map = CallInOrder }, "X-Forwarded-Proto", "https", "https://app.example.test/signin-authentiq"),
            Wrong("proto-ignored", "the proxy sends `X-Forwarded-Proto: https` and it is not applied", new(), "X-Forwarded-Proto", "https", "header of the proxy (https) is not applied"),
            Wrong("proxy-unknown", "the proxy sends `X-Forwarded-Proto: https` and is not trusted", Trusting("10.0.0.1"), "X-Forwarded-Proto", "https", "header of the proxy (https) is not applied"),
            Wrong("forwarded-ignored", "the proxy sends `Forwarded: proto=https` and it is not applied", new(), "Forwarded", "for=192.0.2.1;proto=https", "header of the proxy (https) is not applied"),
            Wrong("host-ignored", "the proxy sends another `X-Forwarded-Host` and it is not applied", new(), "X-Forwarded-Host", "public.example.test", "differs from the host in the browser"),
            Wrong("no-header", "requests are received over http without a forwarded header", new(), "X-Something", "else", "the request was received over http"),
            new("host-right", "RFC 7239", "the proxy sends another `X-Forwarded-Host` and is trusted", "the redirect URI is on that host")
            {
                On = Trusting("10.0.0.9"),
                Given = scene =>
                {
                    scene.Browser.Headers["X-Forwarded-Proto"] = "https";
                    scene.Browser.Headers["X-Forwarded-Host"] = "public.example.test";
                },
                Do = scene => scene.OpenAsync(Plain),
                Ends = new Shows("sent to the provider", ""),
                Seen = (scene, page) =>
                {
                    RedirectUri(page.Headers.Location).ShouldBe("https://public.example.test/signin-authentiq");
                    scene.Warnings("ProxyMisconfigured").ShouldBeEmpty();
                },
            },
            new("https-direct", "own rule", "the browser uses https without a proxy", "no warning is logged")
            {
                Do = scene => scene.OpenAsync("/profile"),
                Ends = new Shows("sent to the provider", ""),
                Seen = (scene, page) =>
                {
                    RedirectUri(page.Headers.Location).ShouldBe("https://app.example.test/signin-authentiq");
                    scene.Warnings("ProxyMisconfigured").ShouldBeEmpty();
                },
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Row Right(string id, string when, Setup on, string header, string value, string redirectUri) => new(id, "RFC 7239", when, "the redirect URI is https and the cookie is Secure")
    {
        On = on,
        Given = scene => scene.Browser.Headers[header] = value,
        Do = scene => scene.OpenAsync(Plain),
        Ends = new Shows("sent to the provider", ""),
        Seen = (scene, page) =>
        {
            RedirectUri(page.Headers.Location).ShouldBe(redirectUri);
            page.Headers.GetValues("Set-Cookie").Single().ShouldContain("secure");
            scene.Warnings("ProxyMisconfigured").ShouldBeEmpty();
        },
    };

    private static Row Wrong(string id, string when, Setup on, string header, string value, string cause) => new(id, "RFC 7239", when, "one warning names the cause and the setting, for any number of requests")
    {
        On = on,
        Given = scene => scene.Browser.Headers[header] = value,
        Do = async scene =>
        {
            await scene.OpenAsync(Plain);
            return await scene.OpenAsync(Plain);
        },
        Ends = new Shows("sent to the provider", ""),
        Seen = (scene, _) =>
        {
            scene.Log.Count(entry => entry.Id.Name == "ProxyMisconfigured").ShouldBe(1);
            scene.Warnings("ProxyMisconfigured").ShouldContain(cause);
            scene.Warnings("ProxyMisconfigured").ShouldContain("UseForwardedHeaders");
        },
    };

    private static string RedirectUri(Uri? location) => QueryHelpers.ParseQuery(location!.Query)["redirect_uri"].ToString();

    // As ASPNETCORE_FORWARDEDHEADERS_ENABLED does it, but for one proxy.
    private static Setup Trusting(string proxy) => new()
    {
        Services = services =>
        {
            Trust(proxy)(services);
            services.AddSingleton<IStartupFilter>(new ForwardedHeadersFilter());
        },
    };

    private static Action<IServiceCollection> Trust(string proxy) => services =>
    {
        services.AddSingleton<IStartupFilter>(new ProxyAddressFilter());
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownProxies.Clear();
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        });
    };

    private static void CallInOrder(WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>All requests come from the same proxy.</summary>
    private sealed class ProxyAddressFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse("10.0.0.9");
                return following(context);
            });
            next(app);
        };
    }

    private sealed class ForwardedHeadersFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseForwardedHeaders();
            next(app);
        };
    }
}
