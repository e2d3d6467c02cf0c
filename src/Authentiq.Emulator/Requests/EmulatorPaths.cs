using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The paths of the endpoints, relative to the issuer.</summary>
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
    public const string SessionFrame = Authorize + "/" + Frame;
    public const string SessionCheck = SessionFrame + "/check";
    public const string PushedAuthorization = "par";
    public const string Frame = "iframe";

    public static EmulatorEndpoint? Find(HttpRequest request) => request.Path.Value?.TrimStart('/') switch
    {
        Discovery => EmulatorEndpoint.Discovery,
        Keys => EmulatorEndpoint.Keys,
        Authorize => EmulatorEndpoint.Authorize,
        Token => EmulatorEndpoint.Token,
        UserInfo => EmulatorEndpoint.UserInfo,
        EndSession => EmulatorEndpoint.EndSession,
        Phone => EmulatorEndpoint.Phone,
        PushedAuthorization => EmulatorEndpoint.PushedAuthorization,
        { } path when path.Split('/') is [_, Frame] => EmulatorEndpoint.SessionFrame,
        { } path when path.StartsWith(SignIn + "/", StringComparison.Ordinal) && !path.EndsWith("/" + Status, StringComparison.Ordinal) => EmulatorEndpoint.SignIn,
        _ => null,
    };
}
