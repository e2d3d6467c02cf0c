using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>What a request without a cookie allocates in the authentication middleware. Allocations are exact, so they are compared, and not only benchmarked.</summary>
public sealed class AnonymousRequestTests
{
    private const int Requests = 1_000;

    /// <summary>Each of our handlers has one reference more than that of the framework: to its services.</summary>
    private static readonly int OneReference = IntPtr.Size;

    [Fact]
    public async Task An_anonymous_request_allocates_one_reference_per_handler_more_than_with_AddOpenIdConnect()
    {
        var framework = await MeasureAsync(services => services.AddAuthentication("Cookies").AddCookie().AddOpenIdConnect(options =>
        {
            options.Authority = "https://provider.example/";
            options.ClientId = "the-client";
            options.Configuration = new();
        }));

        (await MeasureAsync(services => services.AddAuthentication().AddAuthentiq(Configure))).ShouldBeLessThanOrEqualTo(framework + OneReference);
        (await MeasureAsync(services => services.AddAuthentication().AddAuthentiq(Configure).AddAuthentiqSessions())).ShouldBeLessThanOrEqualTo(framework + (2 * OneReference));
    }

    private static void Configure(AuthentiqOptions options) => (options.ClientId, options.ClientSecret) = ("the-client", "a-client-secret-of-32-characters");

    private static async Task<long> MeasureAsync(Action<IServiceCollection> authentication)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).AddDataProtection();
        services.AddRouting();
        authentication(services);
        await using var provider = services.BuildServiceProvider();
        var builder = new ApplicationBuilder(provider);
        builder.UseAuthentication();
        builder.Run(static _ => Task.CompletedTask);
        var pipeline = builder.Build();
        var context = new DefaultHttpContext();

        // Every step completes synchronously, so that all of it runs on this thread.
        await RunAsync(Requests);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await RunAsync(Requests);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Requests;

        async Task RunAsync(int requests)
        {
            for (var i = 0; i < requests; i++)
            {
                using var scope = provider.CreateScope();
                context.RequestServices = scope.ServiceProvider;
                context.Request.Path = "/";
                await pipeline(context);
            }
        }
    }
}
