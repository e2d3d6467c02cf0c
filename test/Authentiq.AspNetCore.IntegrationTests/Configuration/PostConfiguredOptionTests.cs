using System.Net;
using System.Text;
using Authentiq.Emulator;
using Authentiq.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Options that the application sets with PostConfigure, after the package has completed them.</summary>
public sealed class PostConfiguredOptionTests
{
    private const string RealSecret = "the-real-secret-out-of-the-vault-0123456789";

    [Fact]
    public async Task A_secret_signs_alone_and_what_it_replaces_no_longer_does()
    {
        await using var app = await StartAsync(options => options.ClientSecret = RealSecret, client => client.ClientSecret = RealSecret);
        await app.SignInAsync();
        await app.ShouldBeSignedInAsync();

        (await app.SendLogoutAsync(LogoutToken(app, draft => Sign(draft, RelyingParty.ClientSecret)))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await app.ShouldBeSignedInAsync();

        (await app.SendLogoutAsync(LogoutToken(app, draft => Sign(draft, RealSecret)))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_pinned_algorithm_refuses_the_others()
    {
        await using var app = await StartAsync(options => options.IdTokenSignedResponseAlg = SecurityAlgorithms.RsaSha256);

        (await app.SendLogoutAsync(LogoutToken(app, draft => draft.Algorithm = SecurityAlgorithms.HmacSha256))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_authority_is_the_one_that_users_are_sent_to()
    {
        await using var app = await StartAsync(options => (options.Authority, options.MetadataMode) = ("https://tenant.example/", AuthentiqMetadataMode.BuiltIn));
        using var browser = new Browser(app.Internet) { FollowsRedirects = false };

        (await app.OpenAsync(browser, "/profile")).Headers.Location!.Host.ShouldBe("tenant.example");
    }

    [Fact]
    public async Task A_value_that_comes_too_late_to_be_used_stops_the_start_and_the_message_names_the_fix()
    {
        (Action<AuthentiqOptions> Set, string Name)[] tooLate =
        [
            (options => options.BackchannelTimeout = TimeSpan.FromSeconds(3), "BackchannelTimeout"),
            (options => options.BackchannelHttpHandler = new HttpClientHandler(), "BackchannelHttpHandler"),
            (options => options.ResponseMode = "form_post", "ResponseMode"),
            (options => options.Configuration = new(), "Configuration"),
        ];
        foreach (var (set, name) in tooLate)
        {
            var failure = await Should.ThrowAsync<OptionsValidationException>(StartAsync(set), name);

            failure.Message.ShouldContain(name + " is set by PostConfigure<AuthentiqOptions>");
            failure.Message.ShouldContain("AddAuthentiq(options => …)");
        }
    }

    private static Task<RelyingParty> StartAsync(Action<AuthentiqOptions> options, Action<EmulatorClient>? client = null) => RelyingParty.StartAsync(
        client: client,
        authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.PostConfigure(AuthentiqDefaults.AuthenticationScheme, options);
        });

    private static string LogoutToken(RelyingParty app, Action<TokenDraft> edit) => app.Provider.IssueLogoutToken(RelyingParty.ClientId, Personas.Alice.Subject, sessionId: null, edit);

    private static void Sign(TokenDraft draft, string secret) =>
        (draft.Algorithm, draft.SigningKey) = (SecurityAlgorithms.HmacSha256, new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)));
}
