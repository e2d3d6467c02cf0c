using System.Diagnostics;

// One file for both packages: neither shows it to applications, and the package for Redis sees only the public types of the other.
#if AUTHENTIQ_REDIS
namespace Authentiq.AspNetCore.Redis;
#else
namespace Authentiq.AspNetCore;
#endif

/// <summary>The activities of the package, in the source <c>Authentiq.AspNetCore</c>. No tag identifies a user, and none holds a token or a session.</summary>
internal static class Traces
{
    public const string SourceName = "Authentiq.AspNetCore";

    public const string SessionStore = "authentiq.session_store";
    public const string RevocationStore = "authentiq.revocation_store";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The step that runs, when it is one of ours.</summary>
    public static Activity? Current => Activity.Current is { } activity && activity.Source == Source ? activity : null;

    /// <summary>Begins a step of a sign-in or sign-out. <see langword="null"/> without a listener.</summary>
    public static Activity? Start(string name, string scheme) => Source.StartActivity(name)?.SetTag(Tags.Scheme, scheme);

    /// <summary>Begins a request of ours to the provider.</summary>
    public static Activity? StartRequest(string endpoint) => Source.StartActivity($"authentiq.{endpoint}_request", ActivityKind.Client)?.SetTag(Tags.Endpoint, endpoint);

    /// <summary>Starts a call of a store outside this process. <see langword="null"/> without a listener.</summary>
    /// <param name="store">The name of the activity: <see cref="SessionStore"/> or <see cref="RevocationStore"/>.</param>
    /// <param name="operation">The operation, as in the metrics.</param>
    public static Activity? StartStoreCall(string store, string operation) => Source.StartActivity(store, ActivityKind.Client)?.SetTag(Tags.Operation, operation);

    /// <summary>Marks a step as failed, with the reference of its log entry.</summary>
    /// <param name="activity">The step.</param>
    /// <param name="error">The error code.</param>
    /// <param name="reference">The reference that the log and the page have.</param>
    public static void Fail(this Activity? activity, string error, string? reference = null)
    {
        activity?.SetStatus(ActivityStatusCode.Error).SetTag(Tags.Error, error);
        if (reference is not null)
        {
            activity?.SetTag(Tags.Reference, reference);
        }
    }
}
