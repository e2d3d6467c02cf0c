using System.Net;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Somebody with a browser who uses an application all the time.</summary>
internal sealed class Visitor(Browser browser, string address)
{
    public async Task<HttpStatusCode> VisitAsync() => (await browser.GoAsync(address + "/api/me", TestContext.Current.CancellationToken)).Status;

    /// <summary>Goes on until it is enough.</summary>
    /// <returns>Every answer.</returns>
    public async Task<List<HttpStatusCode>> StayAsync(Task enough)
    {
        var answers = new List<HttpStatusCode>();
        while (!enough.IsCompleted)
        {
            answers.Add(await VisitAsync());
        }

        return answers;
    }
}
