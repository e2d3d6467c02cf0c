namespace Authentiq.Emulator;

/// <summary>What access tokens look like.</summary>
public enum AccessTokenFormat
{
    /// <summary>Random characters, which only the emulator can make sense of.</summary>
    Opaque,

    /// <summary>A JWT (RFC 9068) for the client itself, signed with RS256.</summary>
    Jwt,
}
