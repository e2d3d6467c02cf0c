using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>A code can be redeemed once (RFC 6749 §4.1.2): the callbacks that carry it at the same moment share one redemption.</summary>
internal sealed class Redemptions(TimeProvider clock)
{
    private readonly SingleFlight<OpenIdConnectMessage> _flights = new(clock);

    /// <summary>The answer to a code: a copy for each, as the application's events may change it.</summary>
    public async Task<OpenIdConnectMessage> ShareAsync(string scheme, string code, Func<Task<OpenIdConnectMessage>> redeem, CancellationToken cancellationToken) =>
        (await _flights.ShareAsync($"{scheme}\n{code}", redeem, cancellationToken)).Clone();
}
