using System.Diagnostics;

// One file for both packages: neither shows it to applications, and the package for Redis sees only the public types of the other.
#if AUTHENTIQ_REDIS
namespace Authentiq.AspNetCore.Redis;
#else
namespace Authentiq.AspNetCore;
#endif

/// <summary>The activities of the package, in the source <c>Authentiq.AspNetCore</c>. No tag contains a user, a token or a session.</summary>
internal static class Traces
{
    public const string SourceName = "Authentiq.AspNetCore";

    public const string SessionStore = "authentiq.session_store";
    public const string RevocationStore = "authentiq.revocation_store";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The current activity if this package started it; otherwise <see langword="null"/>.</summary>
    public static Activity? Current => Activity.Current is { } activity && activity.Source == Source ? activity : null;

    /// <summary>Starts an activity for a step of a sign-in or sign-out. Returns <see langword="null"/> without a listener.</summary>
    public static Activity? Start(string name, string scheme) => Source.StartActivity(name)?.SetTag(Tags.Scheme, scheme);

    /// <summary>Starts an activity for a request to the provider. Returns <see langword="null"/> without a listener.</summary>
    public static Activity? StartRequest(string endpoint) => Source.StartActivity($"authentiq.{endpoint}_request", ActivityKind.Client)?.SetTag(Tags.Endpoint, endpoint);

    /// <summary>Starts a call of a store outside this process. <see langword="null"/> without a listener.</summary>
    /// <param name="store">The name of the activity: <see cref="SessionStore"/> or <see cref="RevocationStore"/>.</param>
    /// <param name="operation">The operation, as in the metrics.</param>
    public static Activity? StartStoreCall(string store, string operation) => Source.StartActivity(store, ActivityKind.Client)?.SetTag(Tags.Operation, operation);

    /// <summary>Marks an activity as failed.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="error">The error code.</param>
    /// <param name="reference">The reference in the log and on the error page.</param>
    public static void Fail(this Activity? activity, string error, string? reference = null)
    {
        activity?.SetStatus(ActivityStatusCode.Error).SetTag(Tags.Error, error);
        if (reference is not null)
        {
            activity?.SetTag(Tags.Reference, reference);
        }
    }
}
