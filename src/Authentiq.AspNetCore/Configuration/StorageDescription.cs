using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>What an operator should know about where logouts and sessions are kept, and what a restart loses.</summary>
internal sealed class StorageDescription(
    IAuthentiqRevocationStore logouts, IOptions<AuthentiqRevocationOptions> logoutOptions, IOptions<AuthentiqSessionOptions> sessionOptions, SessionSchemes schemes, IServiceProvider services)
{
    private IAuthentiqSessionStore? Sessions => sessionOptions.Value.IsOn ? services.GetService<IAuthentiqSessionStore>() : null;

    /// <summary>The name of the place where revocations are stored.</summary>
    public string RevocationStore => logouts switch
    {
        MemoryRevocationStore => "memory",
        DistributedRevocationStore => "distributed cache",
        _ => logouts.GetType().Name,
    };

    /// <summary>The name of the place where sessions are stored.</summary>
    public string SessionStore => Sessions switch
    {
        null => "cookie",
        MemorySessionStore => "memory",
        var own => own.GetType().Name,
    };

    public string DescribeLogouts() => logouts switch
    {
        MemoryRevocationStore when schemes.AreOfIdentity => "in the memory of this process, for sign-ins that are under way. ASP.NET Core Identity keeps the sessions",
        MemoryRevocationStore when Sessions is MemorySessionStore => "in the memory of this process, as the sessions are",
        MemoryRevocationStore => "in the memory of this process. A restart forgets them, so that a user who signed out before it may be signed in again until the cookie expires, and other nodes do not receive them: share an IDistributedCache or Redis to change that",
        DistributedRevocationStore => $"in the distributed cache. Other nodes act on them within {logoutOptions.Value.CacheCheckInterval}",
        _ => $"by {logouts.GetType().Name}",
    };

    /// <summary>Where sessions are kept on the server, or <see langword="null"/> when they are in cookies.</summary>
    public string? DescribeSessions() => Sessions switch
    {
        null => null,
        MemorySessionStore => $"in the memory of this process, {sessionOptions.Value.MaxSessions} at most. A restart ends them all, and other nodes do not know them: share Redis, or register an IAuthentiqSessionStore, to change that",
        var own => $"by {own.GetType().Name}, encrypted with Data Protection",
    };
}
