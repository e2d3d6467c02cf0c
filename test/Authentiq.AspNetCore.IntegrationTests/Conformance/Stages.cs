namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The running applications of a topic.</summary>
public sealed class Stages : IAsyncDisposable
{
    private readonly Dictionary<Setup, Stage> _shared = new(ReferenceEqualityComparer.Instance);

    /// <summary>Runs a row on the application that it requires.</summary>
    internal async Task RunAsync(Row row)
    {
        if (!row.On.IsShared)
        {
            await using var own = await Stage.StartAsync(row.On);
            await row.RunAsync(own);
            return;
        }

        if (!_shared.TryGetValue(row.On, out var stage))
        {
            _shared[row.On] = stage = await Stage.StartAsync(row.On);
        }

        await row.RunAsync(stage);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var stage in _shared.Values)
        {
            await stage.DisposeAsync();
        }
    }
}
