using System.Text.Encodings.Web;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>The services of <see cref="AuthentiqHandler"/>. Every request creates a handler, which resolves its services in a single lookup.</summary>
internal sealed record HandlerServices(
    IOptionsMonitor<AuthentiqOptions> Options,
    RedactingLoggerFactory BaseLoggers,
    HtmlEncoder Html,
    UrlEncoder Url,
    FailureResponse Failures,
    SignInFlights Flights,
    UsedAttempts Attempts,
    ProxyAdvice Proxy,
    RemoteSignOut RemoteSignOut,
    Metrics Metrics,
    ILogger<AuthentiqHandler> Logger);
