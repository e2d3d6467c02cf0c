using Microsoft.Extensions.Hosting;

namespace Authentiq.Emulator;

/// <summary>Leaves Ctrl+C and signals to the application that hosts the emulator.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
