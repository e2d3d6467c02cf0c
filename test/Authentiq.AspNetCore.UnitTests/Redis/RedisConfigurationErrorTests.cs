using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class RedisConfigurationErrorTests
{
    [Fact]
    public async Task All_errors_are_reported_at_once_with_their_fix()
    {
        var message = await StartAsync(options =>
        {
            options.KeyPrefix = " ";
            options.PollInterval = TimeSpan.Zero;
            options.CallTimeout = TimeSpan.FromHours(1);
        });

        message.ShouldNotBeNull();
        message.ShouldContain("has no Redis connection: set Configuration");
        message.ShouldContain("KeyPrefix of AddAuthentiqRedis is empty");
        message.ShouldContain("PollInterval of AddAuthentiqRedis is 00:00:00");
        message.ShouldContain("CallTimeout of AddAuthentiqRedis is 01:00:00");
    }

    [Theory]
    [InlineData("", "contains no server")]
    [InlineData("password=hunter2", "contains no server")]
    [InlineData("localhost,connectTimeout=soon,password=hunter2", "cannot be read at 'connectTimeout'")]
    [InlineData("localhost,what=ever,password=hunter2", "cannot be read")]
    public async Task A_text_that_names_no_Redis_is_refused_without_repeating_it(string configuration, string expected)
    {
        var message = await StartAsync(options => options.Configuration = configuration);

        message.ShouldNotBeNull();
        message.ShouldContain(expected);
        message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Two_ways_to_one_Redis_are_one_too_many() => (await StartAsync(options =>
    {
        options.Configuration = "localhost";
        options.ConnectionMultiplexerFactory = _ => Task.FromResult<IConnectionMultiplexer>(null!);
    }))!.ShouldContain("both Configuration and ConnectionMultiplexerFactory");

    [Fact]
    public async Task A_server_that_does_not_run_is_no_mistake() => (await StartAsync(options => options.Configuration = "127.0.0.1:1")).ShouldBeNull();

    [Fact]
    public async Task A_connection_among_the_services_of_the_application_is_enough() =>
        (await StartAsync(_ => { }, services => services.AddSingleton<IConnectionMultiplexer>(_ => throw new InvalidOperationException("It is not needed for the start.")))).ShouldBeNull();

    private static async Task<string?> StartAsync(Action<AuthentiqRedisOptions> options, Action<IServiceCollection>? services = null)
    {
        using var host = new HostBuilder().ConfigureServices(collection =>
        {
            collection.AddAuthentiqRedis(options);
            services?.Invoke(collection);
        }).Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            await host.StopAsync(TestContext.Current.CancellationToken);
            return null;
        }
        catch (OptionsValidationException exception)
        {
            return exception.Message;
        }
    }
}
