using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// The framework's checks of an answer against its ID token, fitted to this provider. The nonce travels in the encrypted state, whose age has a limit of its own,
/// so it needs neither a cookie nor a time stamp: <see cref="IdTokenChecks"/> compares it, always.
/// </summary>
internal sealed class ProtocolValidator : OpenIdConnectProtocolValidator
{
    public ProtocolValidator()
    {
        RequireNonce = false;
        RequireTimeStampInNonce = false;

        // The state is compared by the handler, through the correlation cookie.
        RequireStateValidation = false;
        RequireState = false;
    }

    /// <inheritdoc/>
    public override void ValidateTokenResponse(OpenIdConnectProtocolValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);

        // The provider's schema requires nothing but token_type: an answer may hold an ID token and no access token.
        if (validationContext is { ValidatedIdToken: not null, ProtocolMessage: { IdToken.Length: > 0, AccessToken: null or "" } })
        {
            ValidateIdToken(validationContext);
            ValidateNonce(validationContext);
            return;
        }

        base.ValidateTokenResponse(validationContext);
    }

    /// <inheritdoc/>
    protected override void ValidateAtHash(OpenIdConnectProtocolValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);

        // The hash function is that of the signature: an unsigned token has none.
        if (validationContext.ValidatedIdToken?.Header.Alg is not AlgorithmRule.Unsigned)
        {
            base.ValidateAtHash(validationContext);
        }
    }
}
