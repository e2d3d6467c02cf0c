using Authentiq.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The application and its provider before a row starts. Other settings have their defaults.</summary>
internal sealed class Setup
{
    /// <summary>A <c>BackchannelTimeout</c> for responses that are not sent. It is real time, and long enough for other responses on a busy machine.</summary>
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
