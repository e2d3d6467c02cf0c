namespace Authentiq.AspNetCore.UnitTests;

public sealed class SecureTransportTests
{
    [Theory]
    [InlineData("https://provider.example/token", true, true)]
    [InlineData("http://localhost:5003/token", true, true)]
    [InlineData("http://127.0.0.1:5003/token", true, true)]
    [InlineData("http://provider.example/token", true, false)]
    [InlineData("http://localhost.provider.example/token", true, false)]
    [InlineData("http://provider.example/token", false, true)]
    [InlineData("file:///etc/passwd", false, false)]
    [InlineData("/token", false, false)]
    [InlineData(null, false, false)]
    public void An_address_of_the_provider_is_https_or_on_this_machine(string? address, bool requireHttps, bool isAcceptable) =>
        SecureTransport.IsAcceptable(address, requireHttps).ShouldBe(isAcceptable);

    [Fact]
    public async Task The_secret_is_not_sent_to_an_endpoint_that_is_not_https() =>
        (await Should.ThrowAsync<SignInException>(TokenEndpoint.RedeemAsync(new AuthentiqOptions(), "http://provider.example/token", new(), TestContext.Current.CancellationToken)))
            .Message.ShouldContain("not https");
}
