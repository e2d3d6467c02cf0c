using System.Diagnostics;
using Authentiq.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The cost of a sign-in must not depend on the number of earlier sign-ins. Allocations are measured, so these tests run alone.</summary>
[CollectionDefinition(nameof(SignInCostTests), DisableParallelization = true)]
[Collection(nameof(SignInCostTests))]
public sealed class SignInCostTests
{
    private const int Few = 10;
    private const int Many = 2000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sign_in_allocates_the_same_after_few_and_after_many_others(bool serverSideSessions)
    {
        // The clock does not advance, so that nothing expires.
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        using var provider = new InstantProvider(clock);
        await using var few = await StartAsync(provider, clock, serverSideSessions);
        await using var many = await StartAsync(provider, clock, serverSideSessions);
        await SignInAsync(few, Few);
        await SignInAsync(many, Many);

        var (afterFew, afterMany) = (new List<(double Bytes, double Milliseconds)>(), new List<(double Bytes, double Milliseconds)>());
        for (var i = 0; i < Few; i++)
        {
            afterFew.Add(await MeasureAsync(few));
            afterMany.Add(await MeasureAsync(many));
        }

        var (bytesAfterFew, bytesAfterMany) = (Median(afterFew.Select(cost => cost.Bytes)), Median(afterMany.Select(cost => cost.Bytes)));
        var slower = Median(afterMany.Select(cost => cost.Milliseconds)) / Median(afterFew.Select(cost => cost.Milliseconds));
        Measured.Write($"a sign-in allocates {bytesAfterFew:N0} bytes after {Few} others and {bytesAfterMany:N0} after {Many}, where it takes {slower:N2} times as long (server-side sessions: {serverSideSessions})");

        // The number of bytes is exact, and the duration is not.
        bytesAfterMany.ShouldBe(bytesAfterFew, bytesAfterFew / 100);
    }

    private static Task<SignInApplication> StartAsync(InstantProvider provider, TimeProvider clock, bool serverSideSessions) => SignInApplication.StartAsync(provider, services =>
    {
        services.AddSingleton(clock);
        services.AddAuthentication().AddAuthentiq(options =>
        {
            provider.Configure(options);
            options.TokenEndpointAuthMethod = AuthentiqTokenEndpointAuthMethods.ClientSecretPost;
            options.MetadataMode = AuthentiqMetadataMode.BuiltIn;
        });
        if (serverSideSessions)
        {
            services.AddAuthentiqSessions();
        }
    });

    private static async Task SignInAsync(SignInApplication application, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await application.SignInAsync();
        }
    }

    private static async Task<(double Bytes, double Milliseconds)> MeasureAsync(SignInApplication application)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await application.SignInAsync();
        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return (GC.GetTotalAllocatedBytes(precise: true) - allocated, milliseconds);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Few / 2);
}
