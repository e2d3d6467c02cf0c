using System.Text.Json.Nodes;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class AnswerFaultTests
{
    [Theory]
    [InlineData("query")]
    [InlineData("fragment")]
    [InlineData("form_post")]
    public async Task The_browsers_answer_can_be_changed_once(string mode)
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.BeforeAnswer(answer =>
        {
            answer["state"] = "another & more";
            answer["iss"] = "https://evil.example.test/";
            answer.Remove("code");
        });

        var wrong = await lab.AskAsync(("response_mode", mode));
        var right = await lab.AskAsync(("response_mode", mode));

        wrong["state"].ShouldBe("another & more");
        wrong["iss"].ShouldBe("https://evil.example.test/");
        wrong["code"].ShouldBeNull();
        right["state"].ShouldBe(The.State);
        right["code"].ShouldNotBeNull();
    }

    [Fact]
    public async Task An_error_can_be_changed_too()
    {
        await using var lab = await Lab.StartAsync();
        lab.Emulator.Faults.BeforeAnswer(answer => answer["error"] = "<b>oops</b>");

        (await lab.AskAsync(("prompt", "none")))["error"].ShouldBe("<b>oops</b>");
    }

    [Theory]
    [InlineData("code", null)]
    [InlineData("state", "another")]
    public async Task A_parameter_can_come_twice(string name, string? value)
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.RepeatInAnswer(name, value);

        var values = (await lab.AskAsync())[name]!.Split(',');

        values.Length.ShouldBe(2);
        values[1].ShouldBe(value ?? values[0]);
        (await lab.AskAsync())[name]!.ShouldNotContain(",");
    }

    [Fact]
    public async Task The_token_answer_can_be_changed_once()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.BeforeTokenAnswer(answer =>
        {
            answer.Remove("id_token");
            answer["token_type"] = "mac";
            answer["expires_in"] = null;
            answer["more"] = new JsonArray(1, 2);
        });

        var wrong = await lab.SignInAsync();
        var right = await lab.SignInAsync();

        wrong.Text("id_token").ShouldBeNull();
        wrong.Text("token_type").ShouldBe("mac");
        wrong.Body.GetProperty("expires_in").GetRawText().ShouldBe("null");
        wrong.Body.GetProperty("more").GetRawText().ShouldBe("[1,2]");
        wrong.AccessToken.ShouldNotBeEmpty();
        right.Text("token_type").ShouldBe("Bearer");
    }

    [Fact]
    public async Task A_refusal_of_the_token_endpoint_leaves_the_change_for_the_next_answer()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.BeforeTokenAnswer(answer => answer["token_type"] = "mac");

        (await lab.RedeemAsync("nonsense")).Error.ShouldBe("invalid_grant");
        (await lab.SignInAsync()).Text("token_type").ShouldBe("mac");
    }

    [Fact]
    public async Task Userinfo_can_be_changed_once()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var token = (await lab.SignInAsync()).AccessToken;
        lab.Emulator.Faults.BeforeUserInfoAnswer(claims => claims["sub"] = "somebody-else");

        (await lab.GetAsync("userinfo", token)).Text("sub").ShouldBe("somebody-else");
        (await lab.GetAsync("userinfo", token)).Text("sub").ShouldBe(Personas.Alice.Subject);
    }

    [Fact]
    public async Task Changes_that_nothing_used_are_forgotten_with_the_faults()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.BeforeAnswer(answer => answer.Clear());
        lab.Emulator.Faults.BeforeTokenAnswer(answer => answer.Clear());
        lab.Emulator.Faults.BeforeUserInfoAnswer(answer => answer.Clear());

        lab.Emulator.Faults.Clear();

        var token = (await lab.SignInAsync()).AccessToken;
        (await lab.GetAsync("userinfo", token)).Text("sub").ShouldBe(Personas.Alice.Subject);
    }
}
