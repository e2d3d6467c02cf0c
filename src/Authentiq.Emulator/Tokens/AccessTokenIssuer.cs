namespace Authentiq.Emulator;

/// <summary>Issues access tokens: opaque, good for userinfo.</summary>
internal static class AccessTokenIssuer
{
    public static string Issue(EmulatorState state, Grant grant)
    {
        var token = RandomKey.Create();
        state.AccessTokens.Add(token, grant);
        return token;
    }
}
