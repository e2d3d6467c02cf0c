using Authentiq.Emulator;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
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
}
