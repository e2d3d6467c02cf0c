using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Authentiq.Emulator.Tests;

/// <summary>Applications that keep what was posted to them, and answer as a test wants.</summary>
internal sealed class LogoutInbox : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpStatusCode>> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonWebToken> _tokens = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, JsonWebToken> Tokens => _tokens;

    public LogoutInbox Answers(string address, HttpStatusCode status) => Answers(address, () => status);

    public LogoutInbox Answers(string address, Func<HttpStatusCode> answer)
    {
        _answers[address] = answer;
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
