namespace Authentiq.AspNetCore;

/// <summary>A session that should be renewed has ended or was written by another request meanwhile. It keeps the cookie handler from sending the cookie all the same.</summary>
internal sealed class SessionGoneException() : Exception("The session has ended, or another request has written it.");
