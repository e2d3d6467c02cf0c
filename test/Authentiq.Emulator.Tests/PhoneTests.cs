using System.Net;
using Authentiq.TestSupport;
using Microsoft.Extensions.Hosting;

namespace Authentiq.Emulator.Tests;

public sealed class PhoneTests
{
    private const string Authorize = "https://connect.authentiq.io/authorize?client_id=sample-webapp&redirect_uri=http%3A%2F%2Flocalhost%3A5002%2Fsignin&response_type=code&scope=openid%20email~rs&state=s";

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.SeeOther)]
    [InlineData("Origin", "https://connect.authentiq.io", HttpStatusCode.SeeOther)]
    public async Task Only_its_own_page_approves(string header, string value, HttpStatusCode status)
    {
        await using var emulator = await AuthentiqEmulator.StartInMemoryAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var browser = Open(emulator);
        var signIn = await BeginAsync(emulator, browser);
        browser.Headers[header] = value;

        (await DecideAsync(browser, signIn, "approve", Personas.Alice)).Status.ShouldBe(status);
        signIn.IsPending.ShouldBe(status is HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Somebody_without_a_verified_address_cannot_approve_a_signed_one()
    {
        await using var emulator = await AuthentiqEmulator.StartInMemoryAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var browser = Open(emulator);
        var signIn = await BeginAsync(emulator, browser);

        await DecideAsync(browser, signIn, "approve", Personas.Bob);

        signIn.IsPending.ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => emulator.Phone.Approve(signIn, Personas.Bob));
    }

    [Theory]
    [InlineData("Development", null, true)]
    [InlineData("Production", null, false)]
    [InlineData("Production", "true", true)]
    [InlineData("Development", "false", false)]
    public void Beside_an_application_it_starts_in_Development_or_by_name(string environment, string? enabled, bool starts)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration["Emulator:Enabled"] = enabled;

        builder.AddAuthentiqEmulator();

        builder.Services.Any(service => service.ServiceType == typeof(IHostedService)).ShouldBe(starts);
        (builder.Configuration["Authentication:Schemes:Authentiq:Authority"] is not null).ShouldBe(starts);
    }

    private static Browser Open(AuthentiqEmulator emulator) => new(new SimulatedInternet().Add("connect.authentiq.io", emulator.CreateHandler())) { FollowsRedirects = false };

    private static async Task<PendingSignIn> BeginAsync(AuthentiqEmulator emulator, Browser browser)
    {
        await browser.GoAsync(Authorize, TestContext.Current.CancellationToken);
        return await emulator.Phone.NextSignInAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    private static Task<Page> DecideAsync(Browser browser, PendingSignIn signIn, string decision, Persona persona) =>
        browser.PostAsync(signIn.Address.AbsoluteUri, new Dictionary<string, string>(StringComparer.Ordinal) { ["decision"] = decision, ["person"] = persona.Id }, TestContext.Current.CancellationToken);
}
