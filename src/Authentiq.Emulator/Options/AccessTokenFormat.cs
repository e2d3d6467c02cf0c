namespace Authentiq.Emulator;

/// <summary>The format of access tokens.</summary>
public enum AccessTokenFormat
{
    /// <summary>Random characters that only the emulator can resolve.</summary>
    Opaque,

    /// <summary>A JWT (RFC 9068) with the client as its audience, signed with RS256.</summary>
    Jwt,
}
