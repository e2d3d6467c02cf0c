using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>
/// A ticket in memory that requests get copies of: neither decrypted nor parsed again. Nothing that a request can reach is shared with another one. Identities and claims are copied, and the properties when they
/// are changed.
/// </summary>
internal sealed class ReadyTicket
{
    // What an identity, a claim and an item take beside their texts.
    private const int ObjectBytes = 120;

    private readonly ClaimsIdentity[] _identities;
    private readonly Dictionary<string, string?> _items;
    private readonly Dictionary<string, object?> _parameters;
    private readonly string _scheme;

    private ReadyTicket(AuthenticationTicket ticket)
    {
        _identities = [.. ticket.Principal.Identities];
        _scheme = ticket.AuthenticationScheme;
        _items = new(ticket.Properties.Items, StringComparer.Ordinal);
        _parameters = SessionBinding.CreateParameters(ticket.Properties);
        Bytes = ObjectBytes
            + ticket.Principal.Claims.Sum(static claim => ObjectBytes + (2 * (claim.Type.Length + claim.Value.Length + claim.ValueType.Length + claim.Issuer.Length)))
            + _items.Sum(static item => ObjectBytes + (2 * (item.Key.Length + (item.Value?.Length ?? 0))));
    }

    /// <summary>The approximate size in memory.</summary>
    public int Bytes { get; }

    /// <summary>Takes over a ticket that has just been read. The caller no longer uses it.</summary>
    /// <returns><see langword="null"/> when the ticket holds an object that cannot be copied.</returns>
    public static ReadyTicket? Create(AuthenticationTicket ticket) =>
        ticket.Principal.GetType() == typeof(ClaimsPrincipal) && ticket.Principal.Identities.Any() && ticket.Principal.Identities.All(CanCopy) ? new(ticket) : null;

    /// <summary>A ticket for one request.</summary>
    public AuthenticationTicket Copy() =>
        new(CopyPrincipal(), new AuthenticationProperties(new CopyOnWriteDictionary<string?>(_items), new CopyOnWriteDictionary<object?>(_parameters)), _scheme);

    // A clone of the principal would share its identities.
    private ClaimsPrincipal CopyPrincipal()
    {
        var principal = new ClaimsPrincipal(_identities[0].Clone());
        for (var i = 1; i < _identities.Length; i++)
        {
            principal.AddIdentity(_identities[i].Clone());
        }

        return principal;
    }

    private static bool CanCopy(ClaimsIdentity identity) => identity.GetType() == typeof(ClaimsIdentity) && identity.BootstrapContext is null or string && (identity.Actor is null || CanCopy(identity.Actor));
}
