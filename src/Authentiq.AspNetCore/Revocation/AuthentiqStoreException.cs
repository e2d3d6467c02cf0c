namespace Authentiq.AspNetCore;

/// <summary>
/// A store of sessions or revocations does not answer, and may again. The request is then answered 503, and nobody loses a session. It never carries a key or what a session holds.
/// </summary>
public sealed class AuthentiqStoreException : Exception
{
    /// <summary>Says that a store does not answer.</summary>
    public AuthentiqStoreException() : this("The store does not answer.")
    {
    }

    /// <summary>Says what does not answer.</summary>
    /// <param name="message">What happened, without a key or what a session holds.</param>
    public AuthentiqStoreException(string message) : base(message)
    {
    }

    /// <summary>Says what does not answer, and why.</summary>
    /// <param name="message">What happened, without a key or what a session holds.</param>
    /// <param name="innerException">Why.</param>
    public AuthentiqStoreException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
