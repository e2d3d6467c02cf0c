namespace Authentiq.Emulator;

/// <summary>Whether clients can, or have to, push their authorization requests first (RFC 9126).</summary>
public enum PushedAuthorizationRequests
{
    /// <summary>There is no endpoint for it, as the provider documents none.</summary>
    NotSupported,

    /// <summary>They can; the metadata announces <c>pushed_authorization_request_endpoint</c>.</summary>
    Supported,

    /// <summary>They have to; the metadata announces <c>require_pushed_authorization_requests</c> too.</summary>
    Required,
}
