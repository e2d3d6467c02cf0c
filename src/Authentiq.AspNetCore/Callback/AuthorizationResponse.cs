using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>What an answer must look like before anything in it is used.</summary>
internal static class AuthorizationResponse
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxParameters = 64;
    private const int MaxParameterLength = 64 * 1024;
    private const int MaxSessionStateLength = 512;

    private static readonly string[] Secrets = [OpenIdConnectParameterNames.Code, OpenIdConnectParameterNames.IdToken, OpenIdConnectParameterNames.AccessToken];

    private static readonly string[] Parameters = [.. Secrets, OpenIdConnectParameterNames.State, OpenIdConnectParameterNames.Error];

    /// <summary>Whether the answer is in the fragment of the address, where a server cannot see it: nothing of it is in the query.</summary>
    public static bool IsInFragment(HttpRequest request, AuthentiqOptions options) =>
        options.ResponseMode is OpenIdConnectResponseMode.Fragment && HttpMethods.IsGet(request.Method) && !HasAnswer(request.Query);

    /// <summary>Says what is wrong with the form of the request, or <see langword="null"/>.</summary>
    public static async Task<SignInFailure?> ValidateFormAsync(HttpRequest request, AuthentiqOptions options, CancellationToken cancellationToken)
    {
        // RFC 6749 §3.1: a parameter must not occur twice. Whoever reads the other one would see another answer.
        if (IsRepeated(request.Query))
        {
            return Wrong("a parameter of the response occurs twice");
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            // An error may come in the query whatever was asked for: it carries nothing that could leak.
            return options.ResponseMode is not OpenIdConnectResponseMode.Query && HasAnswer(request.Query) && !IsError(request.Query)
                ? Wrong($"the answer came in the query, and response_mode is {options.ResponseMode}")
                : null;
        }

        if (options.ResponseMode is OpenIdConnectResponseMode.Query)
        {
            return Wrong("the answer came as a POST, and response_mode is query");
        }

        if (HasAnswer(request.Query))
        {
            return Wrong("a part of the response is in the query, and response_mode is not query");
        }

        try
        {
            var form = await BoundedForm.ReadAsync(request, MaxBytes, MaxParameters, MaxParameterLength, cancellationToken);
            return IsRepeated(form) ? Wrong("a parameter of the response occurs twice") : null;
        }
        catch (FormException refused)
        {
            return Wrong(refused.Message);
        }
    }

    /// <summary>The parameter that is stored with the session, is not signed, and so has a limit.</summary>
    public static SignInFailure? ValidateSize(OpenIdConnectMessage response) =>
        response.SessionState is { Length: > MaxSessionStateLength } ? Wrong($"the session_state of the response is longer than {MaxSessionStateLength} characters") : null;

    /// <summary>RFC 9207: whose answer it is, compared before a code goes anywhere.</summary>
    public static SignInFailure? ValidateIssuer(OpenIdConnectMessage answer, OpenIdConnectConfiguration metadata) => answer.Iss switch
    {
        { Length: > 0 } issuer => string.Equals(issuer, metadata.Issuer, StringComparison.Ordinal) ? null : Wrong("the answer names another issuer (iss)"),
        _ => metadata.AuthorizationResponseIssParameterSupported && string.IsNullOrEmpty(answer.IdToken) ? Wrong("the answer does not name its issuer (iss), though the metadata promises it") : null,
    };

    /// <summary>
    /// The answer brings what its response type promises and no token beyond it: one that is left out takes its checks along (<c>c_hash</c>), one that nobody asked for was put there by somebody
    /// (OAuth 2.0 Multiple Response Type Encoding Practices §3 and §5).
    /// </summary>
    public static SignInFailure? ValidateParts(OpenIdConnectMessage answer, IReadOnlyList<string> responseType)
    {
        foreach (var (part, value) in new[] { ("code", answer.Code), ("id_token", answer.IdToken), ("token", answer.AccessToken) })
        {
            if (responseType.Contains(part) == string.IsNullOrEmpty(value))
            {
                return Wrong($"the answer {(string.IsNullOrEmpty(value) ? "lacks" : "brings, though it was not asked for,")} what response_type calls '{part}'");
            }
        }

        // RFC 6749 §7.1.
        return string.IsNullOrEmpty(answer.TokenType) || string.Equals(answer.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase) ? null : Wrong("the answer has a token_type other than Bearer");
    }

    private static bool IsError(IQueryCollection query) => !string.IsNullOrEmpty(query[OpenIdConnectParameterNames.Error]) && !Secrets.Any(query.ContainsKey);

    private static bool HasAnswer(IQueryCollection query) => Parameters.Any(query.ContainsKey);

    private static bool IsRepeated(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> parameters) => parameters.Any(parameter => parameter.Value.Count > 1);

    private static SignInFailure Wrong(string reason) => new(AuthentiqErrors.InvalidResponse, reason);
}
