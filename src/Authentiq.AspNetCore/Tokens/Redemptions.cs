using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// A code can be redeemed once (RFC 6749 §4.1.2): the callbacks of one sign-in that carry it at the same moment share one redemption. In another sign-in it is redeemed for that one, where it fails
/// the checks that tie it to its own (PKCE, nonce).
/// </summary>
internal sealed class Redemptions(TimeProvider clock)
{
    private readonly SingleFlight<OpenIdConnectMessage> _flights = new(clock);

    /// <summary>The answer to a code of a sign-in, which its nonce names: a copy for each, as the application's events may change it.</summary>
    public async Task<OpenIdConnectMessage> ShareAsync(string scheme, string? nonce, string code, Func<Task<OpenIdConnectMessage>> redeem, CancellationToken cancellationToken) =>
        (await _flights.ShareAsync($"{scheme}\n{nonce}\n{code}", redeem, cancellationToken)).Clone();
}
