using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>An identifier in a token is not text, occurs twice, or is another one than it must be.</summary>
/// <param name="reason">What is wrong, in our own words: it never quotes the token.</param>
internal sealed class IdentifierException(string reason) : SecurityTokenException(reason);
