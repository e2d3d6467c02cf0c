using System.Text.Json.Nodes;

namespace Authentiq.Emulator.Tests.Endpoints;

public sealed class ResponseFaultTests
{
    [Theory]
    [InlineData("query")]
    [InlineData("fragment")]
    [InlineData("form_post")]
    public async Task The_authorization_response_can_be_edited_once(string mode)
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.BeforeAnswer(response =>
        {
            response["state"] = "another & more";
            response["iss"] = "https://evil.example.test/";
            response.Remove("code");
        });

        var wrong = await lab.AuthorizeAsync(("response_mode", mode));
        var right = await lab.AuthorizeAsync(("response_mode", mode));

        wrong["state"].ShouldBe("another & more");
        wrong["iss"].ShouldBe("https://evil.example.test/");
        wrong["code"].ShouldBeNull();
        right["state"].ShouldBe(The.State);
        right["code"].ShouldNotBeNull();
    }

    [Fact]
    public async Task An_error_response_can_be_edited()
    {
        await using var lab = await Lab.StartAsync();
        lab.Emulator.Faults.BeforeAnswer(response => response["error"] = "<b>oops</b>");

        (await lab.AuthorizeAsync(("prompt", "none")))["error"].ShouldBe("<b>oops</b>");
    }

    [Theory]
    [InlineData("code", null)]
    [InlineData("state", "another")]
    public async Task A_parameter_can_be_repeated(string name, string? value)
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.RepeatInAnswer(name, value);

        var values = (await lab.AuthorizeAsync())[name]!.Split(',');

        values.Length.ShouldBe(2);
        values[1].ShouldBe(value ?? values[0]);
        (await lab.AuthorizeAsync())[name]!.ShouldNotContain(",");
    }

    [Fact]
    public async Task The_token_response_can_be_edited_once()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.BeforeTokenAnswer(response =>
        {
            response.Remove("id_token");
            response["token_type"] = "mac";
            response["expires_in"] = null;
            response["more"] = new JsonArray(1, 2);
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
    public async Task An_error_of_the_token_endpoint_leaves_the_edit_for_the_next_response()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.BeforeTokenAnswer(response => response["token_type"] = "mac");

        (await lab.RedeemAsync("nonsense")).Error.ShouldBe("invalid_grant");
        (await lab.SignInAsync()).Text("token_type").ShouldBe("mac");
    }

    [Fact]
    public async Task The_userinfo_response_can_be_edited_once()
    {
        await using var lab = await Lab.StartApprovingAsync();
        var token = (await lab.SignInAsync()).AccessToken;
        lab.Emulator.Faults.BeforeUserInfoAnswer(claims => claims["sub"] = "somebody-else");

        (await lab.GetAsync("userinfo", token)).Text("sub").ShouldBe("somebody-else");
        (await lab.GetAsync("userinfo", token)).Text("sub").ShouldBe(Personas.Alice.Subject);
    }

    [Fact]
    public async Task Unused_edits_are_cleared_with_the_faults()
    {
        await using var lab = await Lab.StartApprovingAsync();
        lab.Emulator.Faults.BeforeAnswer(response => response.Clear());
        lab.Emulator.Faults.BeforeTokenAnswer(response => response.Clear());
        lab.Emulator.Faults.BeforeUserInfoAnswer(response => response.Clear());

        lab.Emulator.Faults.Clear();

        var token = (await lab.SignInAsync()).AccessToken;
        (await lab.GetAsync("userinfo", token)).Text("sub").ShouldBe(Personas.Alice.Subject);
    }
}
