namespace Authentiq.AspNetCore;

/// <summary>The result of <see cref="IAuthentiqSessionStore.ReplaceAsync"/>.</summary>
public enum AuthentiqSessionReplaceResult
{
    /// <summary>The session was written.</summary>
    Replaced,

    /// <summary>The session exists and was not written: another request has replaced it since it was read. Read it again.</summary>
    ChangedMeanwhile,

    /// <summary>The session does not exist, has ended or has expired, and was not written.</summary>
    Gone,
}
