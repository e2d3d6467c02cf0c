using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>The cookie of one attempt.</summary>
/// <param name="Id">The id of the attempt, with which the name of the cookie ends.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsHostCookie">Whether its name begins with <c>__Host-</c>.</param>
internal sealed record AttemptCookie(string Id, string Value, bool IsHostCookie)
{
    private const string Parameter = "authentiq.attempt_cookie";

    /// <summary>The cookie that was issued for a challenge.</summary>
    public static AttemptCookie Of(AuthenticationProperties properties) =>
        properties.GetParameter<AttemptCookie>(Parameter) ?? throw new InvalidOperationException("The challenge has issued no cookie: the properties are not those of a challenge.");

    /// <summary>Lets the step that makes the state find it. A parameter is gone with the request.</summary>
    public void AttachTo(AuthenticationProperties properties) => properties.SetParameter(Parameter, this);
}
