using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Validates the form of an authorization response before its values are used.</summary>
internal static class AuthorizationResponse
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxParameters = 64;
    private const int MaxParameterLength = 64 * 1024;
    private const int MaxSessionStateLength = 512;

    private static readonly string[] Secrets = [OpenIdConnectParameterNames.Code, OpenIdConnectParameterNames.IdToken, OpenIdConnectParameterNames.AccessToken];

    private static readonly string[] Parameters = [.. Secrets, OpenIdConnectParameterNames.State, OpenIdConnectParameterNames.Error];

    /// <summary>Whether the response is in the fragment of the address, which browsers do not send to the server: no part of it is in the query.</summary>
    public static bool IsInFragment(HttpRequest request, AuthentiqOptions options) =>
        options.ResponseMode is OpenIdConnectResponseMode.Fragment && HttpMethods.IsGet(request.Method) && !HasResponse(request.Query);

    /// <summary>Validates how the response was sent, and its size. Returns the failure, or <see langword="null"/>.</summary>
    public static async Task<SignInFailure?> ValidateFormAsync(HttpRequest request, AuthentiqOptions options, CancellationToken cancellationToken)
    {
        // RFC 6749 §3.1: a parameter must not occur twice. Another component could read the other value.
        if (IsRepeated(request.Query))
        {
            return Invalid("a parameter of the response occurs twice");
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            // An error may come in the query whatever response_mode was requested: it contains nothing that could leak.
            return options.ResponseMode is not OpenIdConnectResponseMode.Query && HasResponse(request.Query) && !IsError(request.Query)
                ? Invalid($"the response was sent in the query, and response_mode is {options.ResponseMode}")
                : null;
        }

        if (options.ResponseMode is OpenIdConnectResponseMode.Query)
        {
            return Invalid("the response was sent as a POST, and response_mode is query");
        }

        if (HasResponse(request.Query))
        {
            return Invalid("a part of the response is in the query, and response_mode is not query");
        }

        try
        {
            var form = await BoundedForm.ReadAsync(request, MaxBytes, MaxParameters, MaxParameterLength, cancellationToken);
            return IsRepeated(form) ? Invalid("a parameter of the response occurs twice") : null;
        }
        catch (FormException exception)
        {
            return Invalid(exception.Message);
        }
    }

    /// <summary>Validates the length of <c>session_state</c>, which is stored with the session and is not signed.</summary>
    public static SignInFailure? ValidateSize(OpenIdConnectMessage response) =>
        response.SessionState is { Length: > MaxSessionStateLength } ? Invalid($"the session_state of the response is longer than {MaxSessionStateLength} characters") : null;

    /// <summary>RFC 9207: validates the issuer of the response before the code is sent to the token endpoint.</summary>
    public static SignInFailure? ValidateIssuer(OpenIdConnectMessage response, OpenIdConnectConfiguration metadata) => response.Iss switch
    {
        { Length: > 0 } issuer => string.Equals(issuer, metadata.Issuer, StringComparison.Ordinal) ? null : Invalid("the response names another issuer (iss)"),
        _ => metadata.AuthorizationResponseIssParameterSupported && string.IsNullOrEmpty(response.IdToken) ? Invalid("the response does not name its issuer (iss), which the metadata announces") : null,
    };

    /// <summary>
    /// Validates that the response contains exactly what its <c>response_type</c> names. A missing token would skip its checks (<c>c_hash</c>), and a token that was not requested may have been injected
    /// (OAuth 2.0 Multiple Response Type Encoding Practices §3 and §5).
    /// </summary>
    public static SignInFailure? ValidateParts(OpenIdConnectMessage response, IReadOnlyList<string> responseType)
    {
        foreach (var (part, value) in new[] { ("code", response.Code), ("id_token", response.IdToken), ("token", response.AccessToken) })
        {
            if (responseType.Contains(part) == string.IsNullOrEmpty(value))
            {
                return Invalid(string.IsNullOrEmpty(value) ? $"the response lacks '{part}', which response_type names" : $"the response contains '{part}', which response_type does not name");
            }
        }

        // RFC 6749 §7.1.
        return string.IsNullOrEmpty(response.TokenType) || string.Equals(response.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase) ? null : Invalid("the response has a token_type other than Bearer");
    }

    private static bool IsError(IQueryCollection query) => !string.IsNullOrEmpty(query[OpenIdConnectParameterNames.Error]) && !Secrets.Any(query.ContainsKey);

    private static bool HasResponse(IQueryCollection query) => Parameters.Any(query.ContainsKey);

    private static bool IsRepeated(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> parameters) => parameters.Any(parameter => parameter.Value.Count > 1);

    private static SignInFailure Invalid(string reason) => new(AuthentiqErrors.InvalidResponse, reason);
}
