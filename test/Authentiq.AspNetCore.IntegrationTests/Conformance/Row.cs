using Authentiq.TestSupport;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>One case: what the provider or the person does, and what is then seen from outside.</summary>
/// <param name="Id">A name that stays.</param>
/// <param name="Source">Where it is written: a clause, or a test of the OpenID Foundation's suite for relying parties.</param>
/// <param name="When">What happens.</param>
/// <param name="Then">What the application does.</param>
internal sealed record Row(string Id, string Source, string When, string Then)
{
    /// <summary>The application that it happens to.</summary>
    public Setup On { get; init; } = Setup.Default;

    /// <summary>Prepares what goes wrong.</summary>
    public Action<Scene>? Given { get; init; }

    /// <summary>What the person does; signs in and opens the page, unless said otherwise.</summary>
    public Func<Scene, Task<Page>> Do { get; init; } = scene => scene.SignInAsync();

    /// <summary>How it ends.</summary>
    public required Ending Ends { get; init; }

    /// <summary>The row that differs in one thing, and is refused: every acceptance has one.</summary>
    public string? Twin { get; init; }

    /// <summary>How often the code was redeemed.</summary>
    public int? Redemptions { get; init; }

    /// <summary>How often userinfo was asked.</summary>
    public int? UserInfoCalls { get; init; }

    /// <summary>What else is seen.</summary>
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
