using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>What an answer must look like before anything in it is used.</summary>
internal static class AuthorizationResponse
{
    /// <summary>Says what is wrong with the form of the request, or <see langword="null"/>.</summary>
    public static SignInException? RefuseForm(HttpRequest request, AuthentiqOptions options)
    {
        // RFC 6749 §3.1: a parameter must not occur twice. Whoever reads the other one would see another answer.
        if (request.Query.Any(parameter => parameter.Value.Count > 1))
        {
            return Wrong("a parameter of the answer occurs twice");
        }

        return HttpMethods.IsPost(request.Method) && options.ResponseMode is OpenIdConnectResponseMode.Query
            ? Wrong("the answer came as a POST, and response_mode is query")
            : null;
    }

    /// <summary>RFC 9207: whose answer it is, compared before a code goes anywhere.</summary>
    public static SignInException? RefuseIssuer(OpenIdConnectMessage answer, OpenIdConnectConfiguration metadata) => answer.Iss switch
    {
        { Length: > 0 } issuer => string.Equals(issuer, metadata.Issuer, StringComparison.Ordinal) ? null : Wrong("the answer names another issuer (iss)"),
        _ => metadata.AuthorizationResponseIssParameterSupported && string.IsNullOrEmpty(answer.IdToken) ? Wrong("the answer does not name its issuer (iss), though the metadata promises it") : null,
    };

    private static SignInException Wrong(string reason) => new(AuthentiqErrors.InvalidResponse, reason);
}
