using Authentiq.TestSupport;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>One case: an action of the provider or the user, and the visible result.</summary>
/// <param name="Id">The permanent name.</param>
/// <param name="Source">The source: a clause, or a test of the OpenID Foundation's suite for relying parties.</param>
/// <param name="When">What happens.</param>
/// <param name="Then">What the application does.</param>
internal sealed record Row(string Id, string Source, string When, string Then)
{
    /// <summary>The application.</summary>
    public Setup On { get; init; } = Setup.Default;

    /// <summary>Prepares the fault.</summary>
    public Action<Scene>? Given { get; init; }

    /// <summary>The action of the user. Default: signs in and opens the page.</summary>
    public Func<Scene, Task<Page>> Do { get; init; } = scene => scene.SignInAsync();

    /// <summary>The result.</summary>
    public required Ending Ends { get; init; }

    /// <summary>The row that differs in one detail and is refused. Every accepted sign-in has one.</summary>
    public string? Twin { get; init; }

    /// <summary>How often the code was redeemed.</summary>
    public int? Redemptions { get; init; }

    /// <summary>How often userinfo was called.</summary>
    public int? UserInfoCalls { get; init; }

    /// <summary>Further assertions.</summary>
    public Action<Scene, Page>? Seen { get; init; }

    public string Sentence => $"When {When}, {Then}";

    public async Task RunAsync(Stage stage)
    {
        using var scene = new Scene(stage);
        Given?.Invoke(scene);
        var page = await Do(scene);

        await Ends.ShouldHoldAsync(scene, page);
        Seen?.Invoke(scene, page);
        (Redemptions ?? scene.Wire.CountOf(Wire.Token)).ShouldBe(scene.Wire.CountOf(Wire.Token), "redemptions");
        (UserInfoCalls ?? scene.Wire.CountOf(Wire.UserInfo)).ShouldBe(scene.Wire.CountOf(Wire.UserInfo), "userinfo calls");
        scene.ShouldHaveKeptEverySecret();
    }

    /// <summary>Runs a row whose application must not start.</summary>
    public async Task ShouldNotStartAsync(string reason) =>
        (await Should.ThrowAsync<OptionsValidationException>(async () => await (await Stage.StartAsync(On)).DisposeAsync())).Message.ShouldContain(reason);
}
