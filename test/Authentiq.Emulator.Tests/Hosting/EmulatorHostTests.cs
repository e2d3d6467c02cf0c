using Microsoft.AspNetCore.Connections;

namespace Authentiq.Emulator.Tests.Hosting;

public sealed class EmulatorHostTests
{
    [Fact]
    public async Task A_free_port_is_selected_and_is_the_port_of_the_issuer()
    {
        await using var emulator = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new HttpClient();

        var metadata = await client.GetStringAsync(new Uri(emulator.Issuer, ".well-known/openid-configuration"), TestContext.Current.CancellationToken);

        emulator.Issuer.AbsoluteUri.ShouldBe($"http://localhost:{emulator.Issuer.Port}/");
        metadata.ShouldContain($"\"issuer\":\"{emulator.Issuer}\"");
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_line_with_the_setting_to_change()
    {
        await using var first = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<IOException>(() => AuthentiqEmulator.StartAsync(options => options.Port = first.Issuer.Port, TestContext.Current.CancellationToken));

        refusal.Message.ShouldBe($"The Authentiq emulator cannot listen on port {first.Issuer.Port} because the port is in use. Stop the other program, or set EmulatorOptions.Port to a free port.");
        refusal.InnerException.ShouldBeOfType<AddressInUseException>();
    }

    [Theory]
    [InlineData("http://192.168.1.5:5003/")]
    [InlineData("http://connect.example.test:5003/")]
    [InlineData("http://0.0.0.0:5003/")]
    [InlineData("https://localhost:5003/")]
    public async Task It_listens_on_loopback_only(string issuer)
    {
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => AuthentiqEmulator.StartAsync(options => options.Issuer = new(issuer), TestContext.Current.CancellationToken));

        refusal.Message.ShouldContain("listens on loopback only");
    }

    [Theory]
    [InlineData("https://connect.example.test/tenant/")]
    [InlineData("https://connect.example.test/?tenant=1")]
    public async Task An_issuer_is_an_origin(string issuer) =>
        await Should.ThrowAsync<InvalidOperationException>(() => AuthentiqEmulator.StartInMemoryAsync(options => options.Issuer = new(issuer), TestContext.Current.CancellationToken));

    [Fact]
    public async Task In_memory_any_issuer_is_accepted()
    {
        await using var emulator = await AuthentiqEmulator.StartInMemoryAsync(options => options.Issuer = new("https://login.example.test"), TestContext.Current.CancellationToken);
        using var client = new HttpClient(emulator.CreateHandler());

        (await client.GetStringAsync(new Uri(emulator.Issuer, ".well-known/openid-configuration"), TestContext.Current.CancellationToken)).ShouldContain("\"https://login.example.test/token\"");
    }

    [Fact]
    public async Task Only_an_emulator_in_memory_has_a_handler()
    {
        await using var emulator = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        Should.Throw<InvalidOperationException>(emulator.CreateHandler);
    }

    [Fact]
    public async Task After_it_is_disposed_the_port_is_free_again()
    {
        var emulator = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await emulator.DisposeAsync();

        await using var next = await AuthentiqEmulator.StartAsync(options => options.Port = emulator.Issuer.Port, TestContext.Current.CancellationToken);

        next.Issuer.ShouldBe(emulator.Issuer);
    }
}
