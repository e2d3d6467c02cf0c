using Microsoft.AspNetCore.HttpOverrides;
using SampleWebApp.Hosting;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.WhenPublished });
builder.WebHost.UseStaticWebAssets(); // Run from source, the style sheet is there in Production too.

var start = new Start(builder, "http://localhost:5002");

// In Development: a local provider at http://localhost:5003, which this application uses unless it is told otherwise.
builder.AddAuthentiqEmulator();

// All that sign-in takes. Provider, client and scopes come from the section Authentication:Schemes:Authentiq.
builder.Services.AddAuthentication().AddAuthentiq();
if (builder.Configuration.GetValue<bool>("Sessions:ServerSide"))
{
    // The cookie then holds only a key, and /sessions lists where people are signed in.
    builder.Services.AddAuthentiqSessions();
}

// ConnectionStrings:Redis lets several copies of this application serve one address.
builder.AddSharedRedis();
builder.Services.AddHealthChecks().AddAuthentiq();
builder.Services.AddControllersWithViews();

// The forms here are small. The default of 28.6 MB would let anyone fill the disk with uploads that no page wants.
builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 128 * 1024);

// Behind a proxy on this machine the addresses that we hand to the provider must be the proxy's.
builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders =
    ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto);

var app = builder.Build();

app.UseForwardedHeaders();
app.UseHsts();
app.UseSecurityHeaders();
app.UseExceptionHandler("/status/500");
app.UseStatusCodePagesWithReExecute("/status/{0}");

// By name, or the framework would put both in front of UseForwardedHeaders.
app.UseAuthentication();
app.UseAuthorization();

app.MapStaticAssets();
app.MapControllers().WithStaticAssets();
app.MapHealthChecks("/health");

return start.Run(app);
