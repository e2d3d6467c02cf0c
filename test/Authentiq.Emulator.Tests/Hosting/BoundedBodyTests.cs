using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator.Tests.Hosting;

public sealed class BoundedBodyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_above_its_limit_is_rejected()
    {
        await using var body = new BoundedBody(new MemoryStream(new byte[9]), limit: 8);
        var buffer = new byte[4];

        (await body.ReadAsync(buffer, Ct)).ShouldBe(4);
        (await body.ReadAsync(buffer, Ct)).ShouldBe(4);
        (await Should.ThrowAsync<BadHttpRequestException>(() => body.CopyToAsync(Stream.Null, Ct))).StatusCode.ShouldBe(StatusCodes.Status413PayloadTooLarge);
    }
}
