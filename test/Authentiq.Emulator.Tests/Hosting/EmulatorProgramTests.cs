using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Authentiq.Emulator.Tests.Hosting;

public sealed class EmulatorProgramTests
{
    [Fact]
    public async Task It_prints_the_settings_of_an_application_and_stops_on_request()
    {
        using var stop = new CancellationTokenSource();
        await using var output = new Notice(stop);

        (await EmulatorProgram.RunAsync(["--port", "0"], output, TextWriter.Null, stop.Token)).ShouldBe(0);

        output.Text.ShouldContain("http://localhost:");
        output.Text.ShouldContain(EmulatorDefaults.ClientId);
        output.Text.ShouldContain(EmulatorDefaults.ClientSecret);
    }

    [Theory]
    [InlineData("http://localhost:5000/signin-authentiq", "http://localhost:5000/signout-authentiq")]
    [InlineData("https://127.0.0.1:5001/shop/signin?x=1", "https://127.0.0.1:5001/signout-authentiq")]
    [InlineData("https://app.example/signin-authentiq", null)]
    public async Task It_posts_logout_tokens_to_the_application_that_signed_in_from_this_machine(string redirectUri, string? expected)
    {
        await using var emulator = await EmulatorProgram.StartAsync(options => options.Port = 0, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        var client = emulator.Clients[EmulatorDefaults.ClientId];
        client.BackChannelLogoutUri.ShouldBeNull();

        client.LearnLogoutUri(redirectUri);

        client.BackChannelLogoutUri.ShouldBe(expected);
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_line_with_exit_code_1()
    {
        await using var other = await AuthentiqEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var error = new StringWriter(CultureInfo.InvariantCulture);

        var code = await EmulatorProgram.RunAsync(["--port", $"{other.Issuer.Port}"], TextWriter.Null, error, TestContext.Current.CancellationToken);

        code.ShouldBe(1);
        error.ToString().Trim().ShouldBe($"The Authentiq emulator cannot listen on port {other.Issuer.Port} because the port is in use. Stop the other program, or set --port to a free port.");
    }

    [Fact]
    public async Task A_non_loopback_address_is_reported_in_one_line_with_exit_code_1()
    {
        await using var error = new StringWriter(CultureInfo.InvariantCulture);

        var code = await EmulatorProgram.RunAsync(["--port", "5003", "--issuer", "http://0.0.0.0:5003/"], TextWriter.Null, error, TestContext.Current.CancellationToken);

        code.ShouldBe(1);
        error.ToString().Trim().ShouldContain("listens on loopback only");
        error.ToString().Trim().ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("--urls http://0.0.0.0:5003")]
    [InlineData("--port")]
    [InlineData("--port many")]
    [InlineData("--port 65536")]
    [InlineData("5003")]
    public async Task Other_arguments_print_the_usage_with_exit_code_2(string arguments)
    {
        await using var error = new StringWriter(CultureInfo.InvariantCulture);

        (await EmulatorProgram.RunAsync(arguments.Split(' '), TextWriter.Null, error, TestContext.Current.CancellationToken)).ShouldBe(2);
        error.ToString().ShouldContain("--port <number>");
    }

    [Fact]
    public async Task Help_is_not_an_error()
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);

        (await EmulatorProgram.RunAsync(["--help"], output, TextWriter.Null, TestContext.Current.CancellationToken)).ShouldBe(0);
        output.ToString().ShouldContain("--port <number>");
    }

    /// <summary>Stops the program after its first output.</summary>
    private sealed class Notice(CancellationTokenSource stop) : StringWriter(CultureInfo.InvariantCulture)
    {
        public string Text { get; private set; } = "";

        public override Task WriteLineAsync(string? value)
        {
            Text = value ?? "";
            return stop.CancelAsync();
        }
    }
}
