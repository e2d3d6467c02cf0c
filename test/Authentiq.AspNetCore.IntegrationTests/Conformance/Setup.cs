using Authentiq.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An application and its provider, as they are before a row begins. What is not said is the default of both.</summary>
internal sealed class Setup
{
    /// <summary>A <c>BackchannelTimeout</c> for what never comes: real time, so long enough for what does come on a busy machine.</summary>
    public static readonly TimeSpan Impatience = TimeSpan.FromSeconds(2);

    public static readonly Setup Default = new() { IsShared = true };

    /// <summary>Whether rows take turns on one running application: they leave nothing behind that the next could notice.</summary>
    public bool IsShared { get; init; }

    public Action<AuthentiqOptions>? Options { get; init; }

    public Action<EmulatorClient>? Client { get; init; }

    public Action<EmulatorOptions>? Provider { get; init; }

    /// <summary>What happens on the wire from the start on.</summary>
    public Action<Wire>? Wire { get; init; }

    public Action<IServiceCollection>? Services { get; init; }

    public Action<WebApplication>? Map { get; init; }

    /// <summary>The clock of the application and of the provider.</summary>
    public TimeProvider? Clock { get; init; }
}
