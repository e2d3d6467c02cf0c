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

    internal static Topic Topic { get; } = new("Behind a proxy", "With forwarded headers applied, the redirect URI is the browser's address and cookies are Secure. Where they are not, a warning names the cause, once.")
    {
        Rows =
        [
            Right("proto-right", "the proxy says `X-Forwarded-Proto: https` and is trusted", Trusting("10.0.0.9"), "X-Forwarded-Proto", "https", "https://app.example.test/signin-authentiq"),
            Right("proto-right-by-call", "`app.UseForwardedHeaders()` is called before authentication", new() { Services = Trust("10.0.0.9"), Map = CallInOrder }, "X-Forwarded-Proto", "https", "https://app.example.test/signin-authentiq"),
            Wrong("proto-ignored", "the proxy says `X-Forwarded-Proto: https` and nobody applies it", new(), "X-Forwarded-Proto", "https", "the browser uses https"),
            Wrong("proxy-unknown", "the proxy says `X-Forwarded-Proto: https` and is not among the trusted", Trusting("10.0.0.1"), "X-Forwarded-Proto", "https", "the browser uses https"),
            Wrong("forwarded-ignored", "the proxy says `Forwarded: proto=https` and nobody applies it", new(), "Forwarded", "for=192.0.2.1;proto=https", "the browser uses https"),
            Wrong("host-ignored", "the proxy says another `X-Forwarded-Host` and nobody applies it", new(), "X-Forwarded-Host", "public.example.test", "names another host"),
            Wrong("no-header", "requests arrive over http and no header says more", new(), "X-Something", "else", "the request arrived over http"),
            new("host-right", "RFC 7239", "the proxy says another `X-Forwarded-Host` and is trusted", "the redirect URI is on that host")
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
            new("https-direct", "own rule", "the browser comes by https without a proxy", "there is no warning")
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

    private static Row Wrong(string id, string when, Setup on, string header, string value, string cause) => new(id, "RFC 7239", when, "one warning names the cause and the setting, however many people come")
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

    /// <summary>Every request comes from the same proxy.</summary>
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
