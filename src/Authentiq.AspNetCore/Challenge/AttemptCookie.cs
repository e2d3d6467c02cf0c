using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>The cookie of one attempt.</summary>
/// <param name="Id">The id of the attempt, which is the end of the cookie's name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsHostCookie">Whether its name begins with <c>__Host-</c>.</param>
internal sealed record AttemptCookie(string Id, string Value, bool IsHostCookie)
{
    private const string Parameter = "authentiq.attempt_cookie";

    /// <summary>The cookie that was issued for a challenge.</summary>
    public static AttemptCookie Of(AuthenticationProperties properties) =>
        properties.GetParameter<AttemptCookie>(Parameter) ?? throw new InvalidOperationException("The challenge has issued no cookie: the properties are not those of a challenge.");

    /// <summary>Passes the cookie to the step that creates the state. A parameter is not stored with the properties.</summary>
    public void AttachTo(AuthenticationProperties properties) => properties.SetParameter(Parameter, this);
}
