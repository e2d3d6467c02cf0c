using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class ConfigurationErrorTests
{
    private const string GoodSecret = "a-client-secret-of-32-characters";

    [Fact]
    public async Task Nothing_is_needed_but_id_and_secret() => (await StartAsync()).ShouldBeNull();

    [Fact]
    public async Task All_errors_are_reported_at_once_with_their_fix()
    {
        var message = await StartAsync(("ClientId", ""), ("ClientSecret", "short"), ("IdTokenSignedResponseAlg", "HS256"), ("Authority", "http://provider.example/"), ("ResponseMode", "web_message"), ("MaxAge", "soon"), ("CallbackPath", "signin"));

        message.ShouldNotBeNull();
        message.ShouldContain("ClientId is missing");
        message.ShouldContain("ClientSecret has 40 bits, and HS256 (IdTokenSignedResponseAlg) needs 256");
        message.ShouldContain("AllowShortClientSecrets");
        message.ShouldContain("RequireHttpsMetadata");
        message.ShouldContain("ResponseMode is 'web_message'");
        message.ShouldContain("MaxAge is 'soon' in the configuration");
        message.ShouldContain("CallbackPath is 'signin' in the configuration");
    }

    [Theory]
    [InlineData("ClientSecret", "", "ClientSecret is missing")]
    [InlineData("TokenEndpointAuthMethod", "private_key_jwt", "TokenEndpointAuthMethod is 'private_key_jwt'")]
    [InlineData("IdTokenSignedResponseAlg", "HS512", "IdTokenSignedResponseAlg names 'HS512'")]
    [InlineData("ResponseType", "token", "does not prove who is there")]
    [InlineData("ResponseType", "code id_token", "must not be in a query")]
    [InlineData("Display", "huge", "Display is 'huge'")]
    [InlineData("Prompt", "none login", "Prompt is 'none login'")]
    [InlineData("Scope", "openid email~x", "Scope holds 'email~x'")]
    [InlineData("SignedOutCallbackPath", "/signin-authentiq", "are both '/signin-authentiq'")]
    [InlineData("ErrorPath", "/signin-authentiq", "are both '/signin-authentiq'")]
    [InlineData("UserInfoMode", "Sometimes", "UserInfoMode is 'Sometimes'")]
    [InlineData("GetClaimsFromUserInfoEndpoint", "false", "UserInfoMode")]
    [InlineData("SaveTokens", "perhaps", "SaveTokens is 'perhaps'")]
    public async Task An_error_is_reported_at_start_up(string key, string value, string expected) => (await StartAsync((key, value)))!.ShouldContain(expected);

    [Theory]
    [InlineData("Authority", "http://localhost:5003/")]
    [InlineData("Scope", "openid email~rs")]
    [InlineData("Scope", "aq:name email")]
    [InlineData("ResponseMode", "fragment")]
    [InlineData("IdTokenSignedResponseAlg", "HS256 RS256")]
    [InlineData("MaxAge", "00:05:00")]
    public async Task A_good_setting_is_taken(string key, string value) => (await StartAsync((key, value))).ShouldBeNull();

    [Fact]
    public async Task Without_openid_the_answer_must_be_bound_and_userinfo_must_be_asked()
    {
        (await StartAsync(("Scope", "email"), ("ResponseType", "code id_token"), ("ResponseMode", "fragment")))!.ShouldContain("without it the provider sends no ID token");
        (await StartAsync(("Scope", "email"), ("UserInfoMode", "Never")))!.ShouldContain("only userinfo can say who signs in");
        (await StartAsync(("Scope", "email"), ("UsePkce", "false")))!.ShouldContain("nothing would bind the response");
    }

    [Fact]
    public async Task An_access_token_alone_signs_in_by_opt_in_only()
    {
        (await StartAsync(("ResponseType", "token"), ("ResponseMode", "fragment")))!.ShouldContain("AllowSignInByAccessToken");
        (await StartAsync(("ResponseType", "token"), ("ResponseMode", "fragment"), ("AllowSignInByAccessToken", "true"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_check_cannot_be_switched_off()
    {
        var message = await StartAsync(options =>
        {
            options.TokenValidationParameters.ValidateIssuer = false;
            options.TokenValidationParameters.ValidateAudience = false;
            options.TokenValidationParameters.ValidateLifetime = false;
            options.TokenValidationParameters.RequireSignedTokens = false;
            options.TokenValidationParameters.SignatureValidator = (_, _) => null!;
            options.TokenValidationParameters.ClockSkew = TimeSpan.FromDays(1);
            options.ProtocolValidator = new();
            options.TokenHandler = new OwnTokenHandler();
        });

        message.ShouldNotBeNull();
        foreach (var name in (string[])["ValidateIssuer", "ValidateAudience", "ValidateLifetime", "RequireSignedTokens", "SignatureValidator", "ClockSkew", "ProtocolValidator", "TokenHandler"])
        {
            message.ShouldContain(name);
        }
    }

    [Fact]
    public async Task Two_schemes_have_paths_of_their_own_and_cannot_share_one()
    {
        void Two(IServiceCollection services, Action<AuthentiqOptions> second) => services.AddAuthentication()
            .AddAuthentiq(Good)
            .AddAuthentiq("Partner-2", options =>
            {
                Good(options);
                second(options);
            });

        (await StartAsync([], services => Two(services, options => options.CallbackPath.Value.ShouldBe("/signin-partner-2")))).ShouldBeNull();
        (await StartAsync([], services => Two(services, options => options.CallbackPath = "/signin-authentiq")))!.ShouldContain("share the path '/signin-authentiq'");
    }

    [Fact]
    public async Task A_name_that_cannot_be_a_path_must_set_its_own() =>
        (await StartAsync([], services => services.AddAuthentication().AddAuthentiq("A partner", Good)))!.ShouldContain("no path can be made of the scheme's name 'A partner'");

    [Fact]
    public async Task Mistakes_in_how_sessions_are_kept_are_told_with_all_others()
    {
        var message = await StartAsync([("ClientId", "")], services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.AddAuthentiqSessions(sessions =>
            {
                sessions.AbsoluteLifetime = TimeSpan.Zero;
                sessions.MaxSessions = 0;
                sessions.MaxSessionsPerUser = 0;
            });
        });

        message.ShouldNotBeNull();
        message.ShouldContain("ClientId is missing");
        message.ShouldContain("AbsoluteLifetime is 00:00:00");
        message.ShouldContain("MaxSessions is 0");
        message.ShouldContain("MaxSessionsPerUser is 0");
    }

    [Fact]
    public async Task Mistakes_of_everything_that_shares_the_application_are_told_at_once()
    {
        var message = await StartAsync([("ClientId", "")], services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.AddAuthentiqSessions(sessions => sessions.AbsoluteLifetime = TimeSpan.FromDays(-1));
            services.AddAuthentiqRedis(redis => redis.PollInterval = TimeSpan.FromSeconds(-1));
            services.Configure<AuthentiqRevocationOptions>(revocations => revocations.CacheCheckInterval = TimeSpan.FromSeconds(-1));
        });

        message.ShouldNotBeNull();
        foreach (var expected in (string[])["ClientId is missing", "AbsoluteLifetime is -1.00:00:00", "PollInterval of AddAuthentiqRedis is -00:00:01", "CacheCheckInterval is -00:00:01"])
        {
            message.ShouldContain(expected);
        }
    }

    [Fact]
    public async Task A_sign_in_scheme_that_does_not_exist_is_a_mistake() => (await StartAsync(options => options.SignInScheme = "Coookies"))!
        .ShouldContain("SignInScheme and SignOutScheme name 'Coookies', and there is no such scheme: use one of 'Authentiq', 'Cookies'");

    [Fact]
    public async Task A_default_scheme_that_does_not_exist_is_a_mistake()
    {
        var message = await StartAsync([], services => services.AddAuthentication(options =>
        {
            options.DefaultScheme = "Cookie";
            options.DefaultChallengeScheme = "Authentic";
        }).AddCookie().AddAuthentiq());

        message.ShouldNotBeNull();
        message.ShouldContain("DefaultScheme names 'Cookie', and there is no such scheme: use one of 'Cookies', 'Authentiq'");
        message.ShouldContain("DefaultChallengeScheme names 'Authentic'");
    }

    [Fact]
    public async Task A_cookie_that_nobody_could_keep_is_a_mistake() => (await StartAsync([], services =>
    {
        services.AddAuthentication().AddAuthentiq();
        services.Configure<CookieAuthenticationOptions>("Cookies", cookie => cookie.ExpireTimeSpan = TimeSpan.FromDays(-1));
    }))!.ShouldContain("The cookie scheme 'Cookies' has an ExpireTimeSpan of -1.00:00:00");

    [Fact]
    public async Task Sessions_of_nobody_are_a_mistake() => (await StartAsync([], services => services.AddAuthentiqSessions()))!.ShouldContain("nothing signs in with Authentiq");

    [Fact]
    public async Task A_cookie_scheme_has_one_place_for_its_sessions()
    {
        void Add(IServiceCollection services, Action<IServiceCollection> add)
        {
            services.AddAuthentication().AddAuthentiq().AddCookie(cookie => cookie.SessionStore = new OwnTicketStore());
            add(services);
        }

        (await StartAsync([], services => Add(services, added => added.AddAuthentiqSessions())))!.ShouldContain("'Cookies' has a SessionStore of the application's own");
        (await StartAsync([], services => Add(services, _ => { }))).ShouldBeNull();
    }

    [Fact]
    public async Task Sessions_are_kept_on_the_server_without_further_settings() => (await StartAsync([], services =>
    {
        services.AddAuthentication().AddAuthentiq();
        services.AddAuthentiqSessions();
    })).ShouldBeNull();

    [Fact]
    public async Task What_protects_the_sessions_cannot_be_replaced_by_a_later_registration()
    {
        static Action<IServiceCollection> With(Action<IServiceCollection> later, bool onServer = true) => services =>
        {
            services.AddAuthentication().AddAuthentiq();
            if (onServer)
            {
                services.AddAuthentiqSessions();
            }

            later(services);
        };

        static void Post(IServiceCollection services, Action<CookieAuthenticationOptions> change) => services.PostConfigure("Cookies", change);

        foreach (var onServer in new[] { true, false })
        {
            (await StartAsync([], With(services => Post(services, cookie => cookie.Events = new()), onServer)))!.ShouldContain("The events of the cookie scheme 'Cookies' were replaced by 'Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationEvents'");
            (await StartAsync([], With(services => Post(services, cookie => cookie.EventsType = typeof(OwnEvents)), onServer)))!.ShouldContain("OwnEvents");
            (await StartAsync([], With(services => services.Configure<CookieAuthenticationOptions>("Cookies", cookie => cookie.Events = new()), onServer))).ShouldBeNull("configured before ours is added");
        }

        (await StartAsync([], With(services => Post(services, cookie => cookie.SessionStore = new OwnTicketStore()))))!.ShouldContain("SessionStore of the application's own");
        (await StartAsync([], With(services => Post(services, cookie => cookie.SessionStore = null))))!.ShouldContain("SessionStore");
        (await StartAsync([], With(services => Post(services, cookie => cookie.TicketDataFormat = new OwnFormat()))))!.ShouldContain("has the TicketDataFormat");
        (await StartAsync([], With(services => services.PostConfigure<AuthenticationOptions>(options => options.SchemeMap["Cookies"].HandlerType = typeof(CookieAuthenticationHandler)))))!.ShouldContain("is served by 'Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationHandler'");
        (await StartAsync([], With(services => services.PostConfigure<AuthenticationOptions>(options => options.SchemeMap["Cookies"].HandlerType = typeof(OwnHandler)))))!.ShouldContain("OwnHandler");
        (await StartAsync([], With(services => services.AddTransient<CookieAuthenticationHandler, OwnHandler>())))!.ShouldContain("The services replace CookieAuthenticationHandler by");
        (await StartAsync([], With(services => services.AddAuthentication().AddCookie("Preferences")))).ShouldBeNull();
    }

    [Fact]
    public async Task Sessions_behind_a_policy_scheme_are_kept_where_the_cookie_is_known_and_a_mistake_otherwise()
    {
        static Action<IServiceCollection> With(Action<PolicySchemeOptions> forward, bool onServer = true) => services =>
        {
            services.AddAuthentication("Smart").AddPolicyScheme("Smart", null, forward).AddCookie().AddAuthentiq();
            if (onServer)
            {
                services.AddAuthentiqSessions();
            }
        };

        (await StartAsync([], With(policy => policy.ForwardDefault = "Cookies"))).ShouldBeNull();
        (await StartAsync([], With(policy => (policy.ForwardSignIn, policy.ForwardDefaultSelector) = ("Cookies", _ => "Cookies")))).ShouldBeNull();
        (await StartAsync([], With(policy => policy.ForwardDefaultSelector = _ => "Cookies", onServer: false))).ShouldBeNull();

        var chosen = (await StartAsync([], With(policy => policy.ForwardDefaultSelector = _ => "Cookies")))!;
        chosen.ShouldContain("AddPolicyScheme(\"Smart\", …)");
        chosen.ShouldContain("ForwardSignIn");
        (await StartAsync([], With(policy => policy.ForwardDefault = "Smart")))!.ShouldContain("AddPolicyScheme(\"Smart\", …)");
        (await StartAsync([], With(policy => policy.ForwardDefault = "Cookie")))!.ShouldContain("'Cookie'");
        (await StartAsync([], services =>
        {
            With(policy => policy.ForwardDefault = "Cookies")(services);
            services.PostConfigure<CookieAuthenticationOptions>("Cookies", cookie => cookie.Events = new());
        }))!.ShouldContain("The events of the cookie scheme 'Cookies' were replaced");
    }

    [Fact]
    public async Task A_cookie_scheme_that_forwards_its_sign_ins_keeps_no_sessions()
    {
        static Action<IServiceCollection> With(Action<CookieAuthenticationOptions> forward) => services =>
        {
            services.AddAuthentication("Cookies").AddCookie("Cookies", forward).AddCookie("Other").AddAuthentiq();
            services.AddAuthentiqSessions();
        };

        (await StartAsync([], With(cookie => cookie.ForwardSignIn = "Other")))!.ShouldContain("The cookie scheme 'Cookies' forwards sign-ins to 'Other'");
        (await StartAsync([], With(cookie => cookie.ForwardDefault = "Other")))!.ShouldContain("set SignInScheme to 'Other'");
        (await StartAsync([], With(cookie => cookie.ForwardDefault = "Cookies"))).ShouldBeNull();
        (await StartAsync([], With(cookie => cookie.ForwardDefaultSelector = _ => null))).ShouldBeNull("a scheme for calls of programs is chosen like this");
    }

    private static void Good(AuthentiqOptions options)
    {
        options.ClientId = "the-client";
        options.ClientSecret = GoodSecret;
    }

    private static Task<string?> StartAsync(params (string Key, string Value)[] settings) => StartAsync(settings, services => services.AddAuthentication().AddAuthentiq());

    private static Task<string?> StartAsync(Action<AuthentiqOptions> options) => StartAsync([], services => services.AddAuthentication().AddAuthentiq(options));

    private static async Task<string?> StartAsync((string Key, string Value)[] settings, Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["Authentication:Schemes:Authentiq:ClientId"] = "the-client";
        builder.Configuration["Authentication:Schemes:Authentiq:ClientSecret"] = GoodSecret;
        foreach (var (key, value) in settings)
        {
            builder.Configuration["Authentication:Schemes:Authentiq:" + key] = value;
        }

        add(builder.Services);
        using var app = builder.Build();
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            await app.StopAsync(TestContext.Current.CancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is OptionsValidationException or AggregateException)
        {
            return exception.Message;
        }
    }

    private sealed class OwnTicketStore : ITicketStore
    {
        public Task<string> StoreAsync(AuthenticationTicket ticket) => throw new NotSupportedException();

        public Task RenewAsync(string key, AuthenticationTicket ticket) => throw new NotSupportedException();

        public Task<AuthenticationTicket?> RetrieveAsync(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key) => throw new NotSupportedException();
    }

    private sealed class OwnEvents : CookieAuthenticationEvents;

    private sealed class OwnFormat : ISecureDataFormat<AuthenticationTicket>
    {
        public string Protect(AuthenticationTicket data) => "";

        public string Protect(AuthenticationTicket data, string? purpose) => "";

        public AuthenticationTicket? Unprotect(string? protectedText) => null;

        public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => null;
    }

    private sealed class OwnHandler(IOptionsMonitor<CookieAuthenticationOptions> options, Microsoft.Extensions.Logging.ILoggerFactory loggers, System.Text.Encodings.Web.UrlEncoder url)
        : CookieAuthenticationHandler(options, loggers, url);

    private sealed class OwnTokenHandler : Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler;
}
