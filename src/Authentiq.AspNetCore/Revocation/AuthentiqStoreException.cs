namespace Authentiq.AspNetCore;

/// <summary>
/// A store of sessions or revocations is unavailable for the moment. A request that requires authentication returns 503, and existing sessions are preserved. The message must not contain a key or the content of a session.
/// </summary>
public sealed class AuthentiqStoreException : Exception
{
    /// <summary>Creates an exception with a general message.</summary>
    public AuthentiqStoreException() : this("The store is unavailable.")
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    /// <param name="message">What happened, without a key or what a session holds.</param>
    public AuthentiqStoreException(string message) : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    /// <param name="message">What happened, without a key or what a session holds.</param>
    /// <param name="innerException">Why.</param>
    public AuthentiqStoreException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
