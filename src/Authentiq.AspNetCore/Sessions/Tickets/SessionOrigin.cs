namespace Authentiq.AspNetCore;

/// <summary>The server-side session, and its revision, that the ticket of a request was read from. Only that revision is replaced when the ticket is renewed.</summary>
/// <param name="Key">The key of the session in the store.</param>
/// <param name="Revision">The revision.</param>
internal sealed record SessionOrigin(string Key, int Revision);
