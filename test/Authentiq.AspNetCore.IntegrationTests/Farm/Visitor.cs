using System.Net;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A user with a browser who sends requests continuously.</summary>
internal sealed class Visitor(Browser browser, string address)
{
    public async Task<HttpStatusCode> VisitAsync() => (await browser.GoAsync(address + "/api/me", TestContext.Current.CancellationToken)).Status;

    /// <summary>Sends requests until it is canceled.</summary>
    /// <returns>The status codes of all responses.</returns>
    public async Task<List<HttpStatusCode>> StayAsync(Task enough)
    {
        var statuses = new List<HttpStatusCode>();
        while (!enough.IsCompleted)
        {
            statuses.Add(await VisitAsync());
        }

        return statuses;
    }
}
