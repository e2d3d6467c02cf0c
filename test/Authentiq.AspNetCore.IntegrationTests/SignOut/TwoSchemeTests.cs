using Authentiq.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Two providers with one session cookie: data from one provider is not sent to the other.</summary>
public sealed class TwoSchemeTests
{
    private const string Other = "Other";

    [Fact]
    public async Task The_page_that_monitors_a_session_is_empty_for_another_scheme()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();

        (await app.OpenAsync("/check-own")).Body.ShouldContain("data-state");
        (await app.OpenAsync("/check-other")).Body.ShouldNotContain("data-state");
    }

    [Theory]
    [InlineData(AuthentiqDefaults.AuthenticationScheme, true)]
    [InlineData(Other, false)]
    public async Task The_ID_token_of_a_session_is_no_hint_for_another_provider(string scheme, bool isSent)
    {
        await using var app = await StartAsync();
        await app.SignInAsync();

        await app.OpenAsync("/signout/" + scheme);

        var request = (await app.Provider.Requests.TakeAsync(EmulatorEndpoint.EndSession, cancellationToken: TestContext.Current.CancellationToken)).Parameters;
        request.ContainsKey("id_token_hint").ShouldBe(isSent);
        request.ContainsKey("client_id").ShouldBe(!isSent);
    }

    private static Task<RelyingParty> StartAsync() => RelyingParty.StartAsync(
        options => (options.CheckSessionPath, options.SaveTokens) = ("/check-own", true),
        authentication: services => services.AddAuthentication(options => options.DefaultScheme = "Cookies").AddCookie("Cookies").AddAuthentiq().AddAuthentiq(Other, options =>
        {
            (options.ClientId, options.ClientSecret, options.SaveTokens) = (RelyingParty.ClientId, RelyingParty.ClientSecret, true);
            (options.CallbackPath, options.RemoteSignOutPath, options.SignedOutCallbackPath, options.CheckSessionPath) = ("/signin-other", "/signout-other", "/signout-callback-other", "/check-other");
        }).Services.Configure<Microsoft.AspNetCore.Authentication.AuthenticationOptions>(options => options.DefaultChallengeScheme = AuthentiqDefaults.AuthenticationScheme),
        map: app => app.MapGet("/signout/{scheme}", (string scheme) => TypedResults.SignOut(new() { RedirectUri = "/" }, ["Cookies", scheme])));
}
