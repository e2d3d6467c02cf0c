using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.Emulator.Tests;

/// <summary>Applications that store the logout tokens they receive, and respond as a test specifies.</summary>
internal sealed class LogoutInbox : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpStatusCode>> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonWebToken> _tokens = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, JsonWebToken> Tokens => _tokens;

    public LogoutInbox Responds(string address, HttpStatusCode status) => Responds(address, () => status);

    public LogoutInbox Responds(string address, Func<HttpStatusCode> response)
    {
        _answers[address] = response;
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var address = request.RequestUri!.AbsoluteUri;
        request.Method.ShouldBe(HttpMethod.Post);
        var form = QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken));
        _tokens[address] = new(form["logout_token"].ToString());
        return new(_answers.GetValueOrDefault(address, () => HttpStatusCode.OK)());
    }
}
