using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// Validates a response with its ID token, with the differences of this provider. The nonce is part of the encrypted state, whose age is limited, and requires neither a cookie nor a time stamp.
/// <see cref="IdTokenChecks"/> always validates it.
/// </summary>
internal sealed class ProtocolValidator : OpenIdConnectProtocolValidator
{
    public ProtocolValidator()
    {
        RequireNonce = false;
        RequireTimeStampInNonce = false;

        // The handler validates the state with the correlation cookie.
        RequireStateValidation = false;
        RequireState = false;
    }

    /// <inheritdoc/>
    public override void ValidateTokenResponse(OpenIdConnectProtocolValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);

        // The provider requires only token_type: a response may contain an ID token without an access token.
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

        // The hash function is that of the signature algorithm, which an unsigned token does not have.
        if (validationContext.ValidatedIdToken?.Header.Alg is not AlgorithmRule.Unsigned)
        {
            base.ValidateAtHash(validationContext);
        }
    }
}
