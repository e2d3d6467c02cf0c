using System.Text.Encodings.Web;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>What <see cref="AuthentiqHandler"/> is made of. Every request makes one, and finds its services in a single look-up.</summary>
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
