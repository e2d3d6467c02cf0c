namespace Authentiq.Emulator.Tests.State;

public sealed class JournalTests
{
    [Fact]
    public async Task It_contains_the_requests_and_the_statuses()
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();

        var authorize = await lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.Authorize, cancellationToken: TestContext.Current.CancellationToken);
        authorize.Method.ShouldBe("GET");
        authorize.StatusCode.ShouldBe(302);
        authorize.Parameters["state"].ShouldBe(The.State);
        authorize.Url.AbsolutePath.ShouldBe("/authorize");

        var token = await lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.Token, cancellationToken: TestContext.Current.CancellationToken);
        token.Method.ShouldBe("POST");
        token.StatusCode.ShouldBe(200);
        token.Parameters["grant_type"].ShouldBe("authorization_code");
        token.Headers["authorization"].ShouldStartWith("Basic ");
    }

    [Fact]
    public async Task A_request_is_taken_once_and_stays_in_the_list()
    {
        await using var lab = await Lab.StartAsync();
        await lab.GetAsync("public-keys");

        (await lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.Keys, cancellationToken: TestContext.Current.CancellationToken)).StatusCode.ShouldBe(200);
        (await Should.ThrowAsync<TimeoutException>(() => lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.Keys, TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken)))
            .Message.ShouldContain("Keys");
        lab.Emulator.Requests.All.ShouldHaveSingleItem().Endpoint.ShouldBe(EmulatorEndpoint.Keys);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        await using var lab = await Lab.StartAsync();
        using var giveUp = new CancellationTokenSource();

        var waiting = lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.Token, TimeSpan.FromMinutes(1), giveUp.Token);
        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_request_with_a_fault_is_recorded()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var code = (await lab.AuthorizeAsync())["code"]!;
        lab.Emulator.Faults.Fail(EmulatorEndpoint.Token, 500, "{}", "application/json");
        await lab.RedeemAsync(code);

        var request = await lab.Emulator.Requests.TakeAsync(EmulatorEndpoint.Token, cancellationToken: TestContext.Current.CancellationToken);

        request.StatusCode.ShouldBe(500);
        request.Parameters["code"].ShouldBe(code);
    }

    [Fact]
    public async Task Status_polls_are_not_recorded()
    {
        await using var lab = await Lab.StartAsync();
        var page = await lab.GoAsync();

        await lab.GetAsync(page.Url.AbsolutePath[1..] + "/status");

        lab.Emulator.Requests.All.Select(request => request.Endpoint).ShouldBe([EmulatorEndpoint.Authorize, EmulatorEndpoint.SignIn]);
    }

    [Fact]
    public async Task Old_requests_are_removed()
    {
        await using var lab = await Lab.StartAsync(options => options.Capacity = 3);
        await lab.GoAsync();
        for (var i = 0; i < 3; i++)
        {
            await lab.GetAsync("public-keys");
        }

        lab.Emulator.Requests.All.Select(request => request.Endpoint).ShouldBe([EmulatorEndpoint.Keys, EmulatorEndpoint.Keys, EmulatorEndpoint.Keys]);
    }

    [Fact]
    public async Task A_rejected_request_is_not_recorded()
    {
        await using var lab = await Lab.StartAsync();
        var page = await lab.GoAsync();
        var recorded = lab.Emulator.Requests.All.Count;
        foreach (var (path, host, origin) in ((string, string?, string?)[])[("/token", "evil.example.test", null), ("/phone", null, "https://evil.example.test"), (page.Url.AbsolutePath, null, "https://evil.example.test")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, The.Provider + path) { Content = new FormUrlEncodedContent([new("session", new string('x', 60_000))]) };
            request.Headers.Host = host;
            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var response = await lab.SendAsync(request);
            ((int)response.StatusCode).ShouldBeInRange(400, 403);
        }

        lab.Emulator.Requests.All.Count.ShouldBe(recorded);
    }

    [Fact]
    public async Task Long_values_are_truncated_and_the_journal_is_limited_in_bytes()
    {
        await using var lab = await Lab.StartAsync();
        for (var i = 0; i < 100; i++)
        {
            using var response = await lab.SendAsync(new(HttpMethod.Post, The.Provider + "/token") { Content = new FormUrlEncodedContent([.. Enumerable.Range(0, 4).Select(n => KeyValuePair.Create($"p{n}", new string('x', 15_000)))]) });
        }

        lab.Emulator.Requests.All[^1].Parameters["p0"].Length.ShouldBe(RequestJournal.MaxValue);
        lab.Emulator.Requests.Bytes.ShouldBeLessThanOrEqualTo(4 * 1024 * 1024);
        lab.Emulator.Requests.All.Count.ShouldBeInRange(10, 99);
    }
}
