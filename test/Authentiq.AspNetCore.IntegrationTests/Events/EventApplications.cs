namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The three ways to handle events: delegates, a derived class, and a type from the service container.</summary>
public sealed class EventApplications : IAsyncLifetime
{
    internal IReadOnlyList<EventApplication> All { get; private set; } = [];

    public async ValueTask InitializeAsync() =>
        All = [await EventApplication.WithDelegatesAsync(), await EventApplication.WithDerivedEventsAsync(), await EventApplication.WithEventsTypeAsync()];

    public async ValueTask DisposeAsync()
    {
        foreach (var application in All)
        {
            await application.DisposeAsync();
        }
    }
}
