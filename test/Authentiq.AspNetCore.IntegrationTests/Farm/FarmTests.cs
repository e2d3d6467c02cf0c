using System.Diagnostics;
using System.Net;
using Authentiq.Emulator;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Requirements for an application on several machines, for all kinds of session storage.</summary>
public abstract class FarmTests(Farm farm)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_is_valid_on_both_nodes_and_a_sign_out_on_the_phone_ends_it_on_both()
    {
        using var browser = farm.OpenBrowser();
        var session = await SignInAsync(browser, farm.A.Address);
        (await StatusAsync(browser, farm.A.Address)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(browser, farm.B.Address)).ShouldBe(HttpStatusCode.OK);

        var watch = Stopwatch.StartNew();
        (await farm.Provider.Phone.SignOutAsync(session, Ct)).ShouldHaveSingleItem().StatusCode.ShouldBe(200);
        var responded = watch.Elapsed;
        await ShouldRefuseAsync(browser, farm.A.Address);
        await ShouldRefuseAsync(browser, farm.B.Address);

        Measured.Write($"{GetType().Name}: the provider received the response after {responded.TotalMilliseconds:F0} ms, and both nodes refused after {watch.Elapsed.TotalMilliseconds:F0} ms.");
    }

    [Fact]
    public async Task A_sign_in_can_start_on_one_node_and_complete_on_the_other()
    {
        // The load balancer may still avoid a node that another test has killed.
        await Eventually.BecomesTrueAsync(async () => await CountNodesOfOneUserAsync() == 2, "both nodes have responded");
    }

    [Fact]
    public async Task A_node_that_is_killed_under_load_signs_no_user_out()
    {
        var browsers = Enumerable.Range(0, 16).Select(_ => farm.OpenBrowser()).ToList();
        foreach (var browser in browsers)
        {
            await SignInAsync(browser, farm.Address);
        }

        var enough = new TaskCompletionSource();
        var load = browsers.ConvertAll(browser => new Visitor(browser, farm.Address)).ConvertAll(visitor => visitor.StayAsync(enough.Task));
        await Task.Delay(TimeSpan.FromMilliseconds(500), Ct);
        await farm.A.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        await farm.A.StartAsync(Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(500), Ct);
        enough.SetResult();

        var statuses = (await Task.WhenAll(load)).SelectMany(statuses => statuses).ToList();
        statuses.Count.ShouldBeGreaterThan(browsers.Count);
        statuses.Where(status => status != HttpStatusCode.OK).ShouldBeEmpty();

        // The new process reads existing cookies: the keys are shared.
        foreach (var browser in browsers)
        {
            (await StatusAsync(browser, farm.A.Address)).ShouldBe(HttpStatusCode.OK);
            browser.Dispose();
        }
    }

    [Fact]
    public async Task Sessions_and_sign_outs_survive_a_restart_of_Redis()
    {
        using var stays = farm.OpenBrowser();
        using var leaves = farm.OpenBrowser();
        await SignInAsync(stays, farm.A.Address);
        var left = await SignInAsync(leaves, farm.B.Address);
        await farm.Provider.Phone.SignOutAsync(left, Ct);
        await ShouldRefuseAsync(leaves, farm.A.Address);

        // Data Protection reads the key of the other node from Redis at first use.
        (await StatusAsync(stays, farm.B.Address)).ShouldBe(HttpStatusCode.OK);
        await farm.Redis.StopAsync();
        (await StatusAsync(stays, farm.B.Address)).ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
        await farm.Redis.StartAgainAsync(Ct);

        foreach (var node in (string[])[farm.A.Address, farm.B.Address])
        {
            await Eventually.BecomesTrueAsync(async () => await NeverSignedOutAsync(stays, node) == HttpStatusCode.OK, $"{node} works again");
            await ShouldRefuseAsync(leaves, node);
        }

        await farm.A.KillAsync();
        await farm.A.StartAsync(Ct);
        (await StatusAsync(stays, farm.A.Address)).ShouldBe(HttpStatusCode.OK);
        await ShouldRefuseAsync(leaves, farm.A.Address);
    }

    [Fact]
    public async Task A_sign_out_while_Redis_is_away_is_not_lost()
    {
        using var browser = farm.OpenBrowser();
        var session = await SignInAsync(browser, farm.Address);

        await farm.Redis.StopAsync();
        (await farm.Provider.Phone.SignOutAsync(session, Ct)).ShouldHaveSingleItem().StatusCode.ShouldNotBe(200);
        await farm.Redis.StartAgainAsync(Ct);

        // The provider did not receive a response, and retries.
        await Eventually.BecomesTrueAsync(async () => (await farm.Provider.Phone.SignOutAsync(session, Ct)).Single().StatusCode == 200, "the sign-out is taken");
        await ShouldRefuseAsync(browser, farm.A.Address);
        await ShouldRefuseAsync(browser, farm.B.Address);
    }

    private async Task<int> CountNodesOfOneUserAsync()
    {
        using var browser = farm.OpenBrowser();
        await SignInAsync(browser, farm.Address);
        var nodes = new HashSet<string>(StringComparer.Ordinal);
        for (var request = 0; request < 4; request++)
        {
            (await StatusAsync(browser, farm.Address)).ShouldBe(HttpStatusCode.OK);
            nodes.Add(browser.Page.Headers.GetValues(LoadBalancer.NodeHeader).Single());
        }

        return nodes.Count;
    }

    /// <summary>Signs a user in at an address.</summary>
    /// <returns>The new session at the provider.</returns>
    private async Task<EmulatorSession> SignInAsync(Browser browser, string address)
    {
        var before = farm.Provider.Phone.Sessions;
        (await browser.GoAsync(address + "/profile", Ct)).Status.ShouldBe(HttpStatusCode.OK);
        browser.Page.Url.AbsoluteUri.ShouldBe(address + "/profile");
        return farm.Provider.Phone.Sessions.Except(before).Single();
    }

    private static Task<HttpStatusCode> StatusAsync(Browser browser, string address) => new Visitor(browser, address).VisitAsync();

    private static async Task<HttpStatusCode> NeverSignedOutAsync(Browser browser, string address)
    {
        var status = await StatusAsync(browser, address);
        status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
        return status;
    }

    private async Task ShouldRefuseAsync(Browser browser, string address)
    {
        using var copy = Copy(browser);
        await Eventually.BecomesTrueAsync(async () => await StatusAsync(copy, address) == HttpStatusCode.Unauthorized, $"{address} refuses");
    }

    // When a node refuses the cookie, it is deleted in the browser. A copy shows that all nodes refuse it.
    private Browser Copy(Browser browser)
    {
        var copy = farm.OpenBrowser();
        copy.Cookies.Add(browser.Cookies.GetAllCookies());
        return copy;
    }
}
