namespace Authentiq.Emulator;

/// <summary>What an emulator has when nothing else is said.</summary>
public static class EmulatorDefaults
{
    /// <summary>The issuer of an emulator in memory: the provider's own, so that an application under test needs no other setting.</summary>
    public const string Issuer = "https://connect.authentiq.io/";

    /// <summary>The port of the program and of an emulator inside another application.</summary>
    public const int Port = 5003;

    /// <summary>The client that every emulator knows.</summary>
    public const string ClientId = "sample-webapp";

    /// <summary>The secret of that client. It is public, and therefore good for nothing but an emulator.</summary>
    public const string ClientSecret = "not-a-secret-for-local-development-only";

    /// <summary>The name of that client on the sign-in page.</summary>
    public const string ClientName = "Sample web app";

    /// <summary>Where an application takes logout tokens unless it says otherwise.</summary>
    internal const string RemoteSignOutPath = "/signout-authentiq";
}
