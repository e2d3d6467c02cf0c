namespace Authentiq.Emulator;

/// <summary>The default values of an emulator.</summary>
public static class EmulatorDefaults
{
    /// <summary>The issuer of an emulator in memory. It is the issuer of the provider, so that an application under test needs no other setting.</summary>
    public const string Issuer = "https://connect.authentiq.io/";

    /// <summary>The port of the program and of an emulator inside another application.</summary>
    public const int Port = 5003;

    /// <summary>The id of the client that every emulator registers.</summary>
    public const string ClientId = "sample-webapp";

    /// <summary>The secret of that client. It is published, so do not use it with another provider.</summary>
    public const string ClientSecret = "not-a-secret-for-local-development-only";

    /// <summary>The name of that client on the sign-in page.</summary>
    public const string ClientName = "Sample web app";

    /// <summary>The default path at which an application receives logout tokens.</summary>
    internal const string RemoteSignOutPath = "/signout-authentiq";
}
