using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SampleWebApp.Hosting;

internal static class TelemetryExport
{
    /// <summary>
    /// Exports metrics and traces with OpenTelemetry to the collector of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. Does nothing without this variable. The other variables of OpenTelemetry, such as
    /// <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> and <c>OTEL_SERVICE_NAME</c>, apply as well.
    /// </summary>
    public static void AddTelemetryExport(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        // Traces of requests contain the path. The values of the query, such as the authorization code, are redacted by default.
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("Authentiq.AspNetCore", "Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.Hosting").AddOtlpExporter())
            .WithTracing(traces => traces.AddSource("Authentiq.AspNetCore").AddAspNetCoreInstrumentation().AddOtlpExporter());
    }
}
