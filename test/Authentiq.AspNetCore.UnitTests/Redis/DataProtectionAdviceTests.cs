using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class DataProtectionAdviceTests
{
    [Fact]
    public async Task Keys_that_stay_on_the_machine_are_a_warning() => (await StartAsync(_ => { })).ShouldBe(["KeysNotShared"]);

    [Fact]
    public async Task Keys_that_have_a_place_of_the_applications_choice_are_none() =>
        (await StartAsync(protection => protection.PersistKeysToFileSystem(new DirectoryInfo(Path.GetTempPath())))).ShouldBeEmpty();

    private static async Task<IEnumerable<string?>> StartAsync(Action<IDataProtectionBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(services.AddDataProtection());
        await using var provider = services.BuildServiceProvider();
        var log = new FakeLogger<DataProtectionAdvice>();

        await new DataProtectionAdvice(provider.GetRequiredService<IOptions<KeyManagementOptions>>(), log).StartAsync(TestContext.Current.CancellationToken);
        return log.Collector.GetSnapshot().Select(entry => entry.Id.Name);
    }
}
