using System.Collections.ObjectModel;
using Authentiq.AspNetCore;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace SampleWebApp.Hosting;

/// <summary>How the application starts: on which address, what it says when it has, and what when it cannot.</summary>
internal sealed class Start
{
    private bool _succeeded;

    /// <param name="builder">The application to start.</param>
    /// <param name="address">Where it listens unless configuration says otherwise, such as <c>ASPNETCORE_URLS</c> or <c>--urls</c>.</param>
    public Start(WebApplicationBuilder builder, string address)
    {
        // Not in appsettings.json: there it would beat ASPNETCORE_URLS.
        string[] keys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (keys.All(key => string.IsNullOrEmpty(builder.Configuration[key])))
        {
            builder.WebHost.UseUrls(address);
        }

        // These two log a failed start with its stack trace, before anybody can catch it.
        foreach (var category in (string[])["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"])
        {
            builder.Logging.AddFilter(category, level => _succeeded && level >= LogLevel.Warning);
        }
    }

    /// <summary>Runs the application. When it cannot start for a reason that a person can mend, says so in plain words and returns 1.</summary>
    public int Run(WebApplication app)
    {
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            _succeeded = true;
            var provider = app.Services.GetRequiredService<IOptionsMonitor<AuthentiqOptions>>().Get(AuthentiqDefaults.AuthenticationScheme).Authority;
            Console.WriteLine($"Open {string.Join(" or ", app.Urls.Select(Clickable))} in a browser. People sign in at {provider}");
        });
        try
        {
            app.Run();
            return 0;
        }
        catch (Exception failure) when (Mistakes(failure).All(mistake => mistake is OptionsValidationException or IOException { InnerException: AddressInUseException }))
        {
            foreach (var mistake in Mistakes(failure))
            {
                Console.Error.WriteLine(mistake.Message);
            }

            return 1;
        }
    }

    /// <summary>The host throws what several validators have found as one.</summary>
    private static ReadOnlyCollection<Exception> Mistakes(Exception failure) => failure is AggregateException several ? several.InnerExceptions : new([failure]);

    /// <summary>The address with a host that a browser can open: <c>http://*:5002</c> and <c>http://[::]:5002</c> listen everywhere and lead nowhere.</summary>
    private static string Clickable(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.Host is "*" or "+" or "0.0.0.0" or "[::]"
            ? $"{binding.Scheme}://localhost:{binding.Port}"
            : address;
    }
}
