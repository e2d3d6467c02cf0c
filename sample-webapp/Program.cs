using Microsoft.AspNetCore.HttpOverrides;
using SampleWebApp.Hosting;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.WhenPublished });
builder.WebHost.UseStaticWebAssets(); // Serves the static assets when the application runs from source in Production.

var runner = new ApplicationRunner(builder, "http://localhost:5002");

// In Development, starts a local provider at http://localhost:5003. The application uses it unless another provider is configured.
builder.AddAuthentiqEmulator();

// Adds sign-in. Provider, client and scopes come from the section Authentication:Schemes:Authentiq.
builder.Services.AddAuthentication().AddAuthentiq();
if (builder.Configuration.GetValue<bool>("Sessions:ServerSide"))
{
    // The cookie then contains only a key, and /sessions lists the sessions of the user.
    builder.Services.AddAuthentiqSessions();
}

// With ConnectionStrings:Redis, several instances of the application can run behind one address.
builder.AddSharedRedis();

// With OTEL_EXPORTER_OTLP_ENDPOINT, metrics and traces are sent to a collector.
builder.AddTelemetryExport();
builder.Services.AddHealthChecks().AddAuthentiq();
builder.Services.AddControllersWithViews();

// All forms are small. With the default of 28.6 MB, anonymous uploads could fill the disk.
builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 128 * 1024);

// Behind a proxy on this machine, the redirect URI must have the scheme and the host of the proxy.
builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders =
    ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto);

var app = builder.Build();

app.UseForwardedHeaders();
app.UseHsts();
app.UseSecurityHeaders();
app.UseExceptionHandler("/status/500");
app.UseStatusCodePagesWithReExecute("/status/{0}");

// Called explicitly: otherwise the framework adds both before UseForwardedHeaders.
app.UseAuthentication();
app.UseAuthorization();

app.MapStaticAssets();
app.MapControllers().WithStaticAssets();
app.MapHealthChecks("/health");

return runner.Run(app);
