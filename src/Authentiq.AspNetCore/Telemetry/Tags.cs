// One file for both packages: neither shows it to applications, and the package for Redis sees only the public types of the other.
#if AUTHENTIQ_REDIS
namespace Authentiq.AspNetCore.Redis;
#else
namespace Authentiq.AspNetCore;
#endif

/// <summary>Tag names of metrics and activities, in the format of OpenTelemetry.</summary>
internal static class Tags
{
    public const string Scheme = "authentiq.scheme";
    public const string Result = "authentiq.result";
    public const string Endpoint = "authentiq.endpoint";
    public const string Channel = "authentiq.logout.channel";
    public const string Store = "authentiq.store";
    public const string Operation = "authentiq.store.operation";
    public const string Reference = "authentiq.reference";
    public const string Error = "error.type";
    public const string Status = "http.response.status_code";
}
