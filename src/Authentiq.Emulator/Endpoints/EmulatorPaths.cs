using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The addresses of the endpoints, below the issuer.</summary>
internal static class EmulatorPaths
{
    public const string Discovery = ".well-known/openid-configuration";
    public const string Keys = "public-keys";
    public const string Authorize = "authorize";
    public const string Token = "token";
    public const string UserInfo = "userinfo";
    public const string EndSession = "end_session";
    public const string SignIn = "signin";
    public const string Status = "status";
    public const string Complete = "complete";
    public const string Phone = "phone";

    public static EmulatorEndpoint? Find(HttpRequest request) => request.Path.Value?.TrimStart('/') switch
    {
        Discovery => EmulatorEndpoint.Discovery,
        Keys => EmulatorEndpoint.Keys,
        Authorize => EmulatorEndpoint.Authorize,
        Token => EmulatorEndpoint.Token,
        UserInfo => EmulatorEndpoint.UserInfo,
        EndSession => EmulatorEndpoint.EndSession,
        Phone => EmulatorEndpoint.Phone,
        { } path when path.StartsWith(SignIn + "/", StringComparison.Ordinal) && !path.EndsWith("/" + Status, StringComparison.Ordinal) => EmulatorEndpoint.SignIn,
        _ => null,
    };
}
