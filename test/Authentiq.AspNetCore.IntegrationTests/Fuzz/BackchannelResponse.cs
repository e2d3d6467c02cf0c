using System.Net;
using System.Text;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A response of the provider on the backchannel.</summary>
internal sealed class BackchannelResponse(string body)
{
    public int Status { get; set; } = 200;

    public string? ContentType { get; set; } = "application/json";

    public byte[] Body { get; set; } = Encoding.UTF8.GetBytes(body);

    /// <summary>The call ends in an exception instead.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The connection breaks in the middle of the body.</summary>
    public bool IsCut { get; set; }

    public HttpResponseMessage Create()
    {
        if (Failure is { } failure)
        {
            throw failure;
        }

        var content = IsCut ? new StreamContent(new CutStream(Body)) : (HttpContent)new ByteArrayContent(Body);
        if (ContentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        // A redirect leads to an address with a valid response.
        return new((HttpStatusCode)Status) { Content = content, Headers = { Location = new Uri(ScriptedProvider.Issuer + "elsewhere") } };
    }

    private sealed class CutStream(byte[] body) : MemoryStream(body)
    {
        public override int Read(Span<byte> buffer) => Position > 0 ? throw new IOException("The connection was cut.") : base.Read(buffer[..Math.Min(buffer.Length, 10)]);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => Task.FromException(new IOException("The connection was cut."));
    }
}
