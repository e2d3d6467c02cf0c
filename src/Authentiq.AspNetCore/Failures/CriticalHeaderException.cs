using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>A token says that something about it must be understood, and we understand no such thing (RFC 7515 §4.1.11).</summary>
internal sealed class CriticalHeaderException() : SecurityTokenInvalidSignatureException("The token's header names extensions that must be understood (crit), and none is.");
