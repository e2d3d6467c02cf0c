using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Gives the cookies that Authentiq signs in to a format that does not decrypt a cookie again which it has just read. It runs before the framework's own step, and so recognizes a format that the application has
/// set: that one stays.
/// </summary>
internal sealed class PostConfigureReadyTickets(IServiceProvider services, IDataProtectionProvider protection, TimeProvider clock) : IPostConfigureOptions<CookieAuthenticationOptions>
{
    // The purposes of the framework, so that the cookies of an application without this package stay valid.
    private const string Purpose = "Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware";
    private const string Version = "v2";

    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        if (name is null || options.TicketDataFormat is not null)
        {
            return;
        }

        // A provider of the application's own has keys that no one reports on.
        var keys = options.DataProtectionProvider is null ? services.GetService<IKeyManager>() : null;
        options.TicketDataFormat = new ReadyTicketFormat(
            isUsed: new(() => services.GetRequiredService<SessionSchemes>().Names.Contains(name, StringComparer.Ordinal)),
            new TicketDataFormat((options.DataProtectionProvider ?? protection).CreateProtector(Purpose, name, Version)), options, new KeyRing(keys, options.TimeProvider ?? clock), options.TimeProvider ?? clock);
    }
}
