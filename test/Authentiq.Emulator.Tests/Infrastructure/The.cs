namespace Authentiq.Emulator.Tests;

/// <summary>Default values of the tests.</summary>
internal static class The
{
    public const string Provider = "https://connect.authentiq.io";
    public const string App = "https://app.example.test";
    public const string RedirectUri = App + "/callback";
    public const string SignedOutUri = App + "/signed-out";
    public const string LogoutUri = App + "/signout?tenant=1";
    public const string OtherLogoutUri = "https://other.example.test/signout";
    public const string ClientId = "the-client";
    public const string ClientSecret = "the secret: 32 characters + more";
    public const string OtherClientId = "the-other-client";
    public const string State = "the state & more";
    public const string Verifier = "a-code-verifier-that-is-long-enough-for-the-rfc";
}
