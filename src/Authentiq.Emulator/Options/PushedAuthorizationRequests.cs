namespace Authentiq.Emulator;

/// <summary>Whether clients can or must push their authorization requests (RFC 9126).</summary>
public enum PushedAuthorizationRequests
{
    /// <summary>There is no endpoint for pushed requests, as the provider documents none.</summary>
    NotSupported,

    /// <summary>Clients can push requests; the metadata announces <c>pushed_authorization_request_endpoint</c>.</summary>
    Supported,

    /// <summary>Clients must push requests; the metadata also announces <c>require_pushed_authorization_requests</c>.</summary>
    Required,
}
