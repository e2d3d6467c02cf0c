using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Finds the schemes of one client at one provider. The provider sends a logout to one path of the client, and it applies to the sessions of all of these schemes.
/// </summary>
internal sealed class ClientSchemes(IOptions<ProviderSchemes> providers, IOptions<AuthenticationOptions> schemes, IOptionsMonitor<AuthentiqOptions> monitor)
{
    /// <summary>Returns the context of a logout for each scheme of the client. The scheme that received the logout is first.</summary>
    public async Task<IReadOnlyList<AuthentiqBackChannelLogoutContext>> FindAsync(HttpContext context, AuthenticationScheme scheme, AuthentiqOptions options, LogoutToken token)
    {
        var found = new List<AuthentiqBackChannelLogoutContext> { new(context, scheme, options, token) };
        foreach (var name in providers.Value.Names.Where(name => name != scheme.Name))
        {
            var other = monitor.Get(name);
            if (other.ClientId == options.ClientId && await IsOfSameProviderAsync(other, options, token.Issuer, context.RequestAborted))
            {
                found.Add(new(context, new AuthenticationScheme(name, schemes.Value.SchemeMap[name].DisplayName, scheme.HandlerType), other, token));
            }
        }

        return found;
    }

    // If the metadata of another provider is unavailable, the logout continues.
    private static async Task<bool> IsOfSameProviderAsync(AuthentiqOptions other, AuthentiqOptions options, string issuer, CancellationToken cancellationToken) =>
        string.Equals(other.Authority, options.Authority, StringComparison.Ordinal)
        || (await other.ConfigurationManager!.TryGetAsync(cancellationToken))?.Issuer == issuer;
}
