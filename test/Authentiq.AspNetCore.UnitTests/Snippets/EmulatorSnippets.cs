using Authentiq.Emulator;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Authentiq.Snippets;

internal static class EmulatorSnippets
{
    public static void InAnApplication(WebApplicationBuilder builder)
    {
        #region README.md of the emulator, In your application
        builder.AddAuthentiqEmulator();
        #endregion
    }

    public static async Task InATestAsync(IServiceCollection services)
    {
        #region README.md of the emulator, In your tests
        await using var provider = await AuthentiqEmulator.StartInMemoryAsync();
        services.Configure<OpenIdConnectOptions>("Authentiq", options => options.BackchannelHttpHandler = provider.CreateHandler());

        var signIn = await provider.Phone.NextSignInAsync();       // the browser of the test has come to the sign-in page
        provider.Phone.Approve(signIn, Personas.Alice, "phone");   // she keeps her phone number to herself
        #endregion
    }

    public static async Task<IReadOnlyList<LogoutDelivery>> RemoteSignOutInATestAsync(AuthentiqEmulator provider, WebApplication app)
    {
        #region README.md of the emulator, Remote sign-out in your tests
        provider.Clients["the-client"].BackChannelLogoutUri = "https://app.example.test/signout-authentiq";
        provider.DeliverLogoutTo(app.GetTestServer().CreateHandler());

        var deliveries = await provider.Phone.SignOutAsync(provider.Phone.Sessions.Single());   // [{ ClientId = the-client, StatusCode = 200 }]
        #endregion
        return deliveries;
    }
}
