using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class BoundedFormTests
{
    private const int MaxBytes = 4 * 1024;

    [Fact]
    public async Task The_server_is_given_the_limit_for_a_body_that_does_not_say_how_long_it_is()
    {
        var limit = new Limit { MaxRequestBodySize = 30_000_000 };

        (await ReadAsync("a=b", limit))["a"].ToString().ShouldBe("b");

        limit.MaxRequestBodySize.ShouldBe(MaxBytes);
    }

    [Fact]
    public async Task A_read_only_limit_is_not_changed()
    {
        var limit = new Limit { IsReadOnly = true, MaxRequestBodySize = 7 };

        await ReadAsync("a=b", limit);

        limit.MaxRequestBodySize.ShouldBe(7);
    }

    [Fact]
    public async Task A_body_with_a_larger_content_length_is_not_read()
    {
        var refused = await Should.ThrowAsync<FormException>(ReadAsync("a=b", contentLength: MaxBytes + 1));

        refused.Status.ShouldBe(StatusCodes.Status413PayloadTooLarge);
    }

    [Fact]
    public async Task A_chunked_body_over_the_limit_is_refused_as_too_large()
    {
        var refused = await Should.ThrowAsync<FormException>(ReadAsync(body: null));

        refused.Status.ShouldBe(StatusCodes.Status413PayloadTooLarge);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    [InlineData("")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7")]
    [InlineData("application/x-www-form-urlencoded; charset=\"UTF-7\"")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-32")]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1")]
    [InlineData("application/x-www-form-urlencoded; charset=nonsense")]
    [InlineData("application/x-www-form-urlencoded; charset=\"\"")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7; charset=utf-8")]
    public async Task A_body_of_another_type_is_not_read(string type) => (await Should.ThrowAsync<FormException>(ReadAsync("a=b", type: type))).Status.ShouldBe(StatusCodes.Status400BadRequest);

    [Theory]
    [InlineData("application/x-www-form-urlencoded;charset=UTF-8")]
    [InlineData("application/x-www-form-urlencoded; charset=\"utf-8\"")]
    public async Task A_form_in_UTF_8_is_read(string type) => (await ReadAsync("a=%C3%A9", type: type))["a"].ToString().ShouldBe("\u00e9");

    private static Task<IFormCollection> ReadAsync(string? body, Limit? limit = null, long? contentLength = null, string type = "application/x-www-form-urlencoded")
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpMaxRequestBodySizeFeature>(limit ?? new());
        context.Request.ContentType = type;
        context.Request.ContentLength = contentLength;
        context.Request.Body = body is null ? new TooLong() : new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));
        return BoundedForm.ReadAsync(context.Request, MaxBytes, maxParameters: 8, maxParameterLength: MaxBytes, TestContext.Current.CancellationToken);
    }

    private sealed class Limit : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly { get; init; }

        public long? MaxRequestBodySize { get; set; }
    }

    /// <summary>Simulates a server that refuses a body over the limit.</summary>
    private sealed class TooLong : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new BadHttpRequestException("Request body too large.", StatusCodes.Status413PayloadTooLarge);
    }
}
