using System.Collections.ObjectModel;
using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace SampleWebApp.Hosting;

/// <summary>Runs the application: sets its default address, and reports a successful or failed start on the console.</summary>
internal sealed class ApplicationRunner
{
    private bool _succeeded;

    /// <summary>Configures the address and the logging of the start.</summary>
    /// <param name="builder">The application to run.</param>
    /// <param name="address">The address to listen on, unless configuration sets one (<c>ASPNETCORE_URLS</c>, <c>--urls</c>).</param>
    public ApplicationRunner(WebApplicationBuilder builder, string address)
    {
        // Not set in appsettings.json, where it would take precedence over ASPNETCORE_URLS.
        string[] keys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (keys.All(key => string.IsNullOrEmpty(builder.Configuration[key])))
        {
            builder.WebHost.UseUrls(address);
        }

        // These categories log the stack trace of a failed start before the exception can be caught.
        foreach (var category in (string[])["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"])
        {
            builder.Logging.AddFilter(category, level => _succeeded && level >= LogLevel.Warning);
        }
    }

    /// <summary>Runs the application.</summary>
    /// <returns>0 after a normal exit. 1 when the start fails because of invalid options or an address in use; the messages are written to standard error. Other exceptions are rethrown.</returns>
    public int Run(WebApplication app)
    {
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            _succeeded = true;
            var provider = app.Services.GetRequiredService<IOptionsMonitor<AuthentiqOptions>>().Get(AuthentiqDefaults.AuthenticationScheme).Authority;
            Console.WriteLine($"Open {string.Join(" or ", app.Urls.Select(Clickable))} in a browser. The provider is {provider}");
        });
        try
        {
            app.Run();
            return 0;
        }
        catch (Exception failure) when (Errors(failure).All(error => error is OptionsValidationException or IOException { InnerException: AddressInUseException }))
        {
            foreach (var error in Errors(failure))
            {
                Console.Error.WriteLine(error.Message);
            }

            return 1;
        }
    }

    /// <summary>The host throws the errors of several validators as one <see cref="AggregateException"/>.</summary>
    private static ReadOnlyCollection<Exception> Errors(Exception failure) => failure is AggregateException several ? several.InnerExceptions : new([failure]);

    /// <summary>Replaces a wildcard host, such as <c>*</c> or <c>[::]</c>, with <c>localhost</c>, so that a browser can open the address.</summary>
    private static string Clickable(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.Host is "*" or "+" or "0.0.0.0" or "[::]"
            ? $"{binding.Scheme}://localhost:{binding.Port}"
            : address;
    }
}
