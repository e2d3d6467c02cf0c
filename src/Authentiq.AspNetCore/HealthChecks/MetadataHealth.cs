using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>Checks the provider's metadata and keys of a scheme.</summary>
internal static class MetadataHealth
{
    public static async Task<HealthFindings> CheckAsync(string scheme, AuthentiqOptions options, CancellationToken cancellationToken)
    {
        var findings = new HealthFindings();
        if (options.ConfigurationManager is MetadataManager manager)
        {
            var state = await manager.GetStateAsync(cancellationToken);
            CheckMetadata(findings, scheme, state);
            CheckKeys(findings, scheme, state, RequiresKeys(options));
        }
        else
        {
            await CheckCustomAsync(findings, scheme, options.ConfigurationManager!, cancellationToken);
        }

        return findings;
    }

    private static void CheckMetadata(HealthFindings findings, string scheme, MetadataState state)
    {
        var isLoaded = state.Discovery?.Age is not null;
        findings.Add($"metadata.{scheme}", isLoaded ? "loaded" : state.HasBuiltIn ? "built-in" : "none");
        if (state.Discovery is not { } document)
        {
            return;
        }

        AddState(findings, $"metadata.{scheme}", document);
        if (!isLoaded && !state.HasBuiltIn)
        {
            findings.Report(HealthStatus.Unhealthy, $"The provider's metadata for the scheme '{scheme}' is not available{Because(document)}.");
        }
        else if (!isLoaded && document.Failure is not null)
        {
            findings.Report(HealthStatus.Degraded, $"The provider's metadata for the scheme '{scheme}' is not available{Because(document)}, and built-in endpoints are used.");
        }
        else if (state.IsOutdated(document))
        {
            findings.Report(HealthStatus.Degraded, $"The provider's metadata for the scheme '{scheme}' is outdated and could not be refreshed{Because(document)}.");
        }
    }

    private static void CheckKeys(HealthFindings findings, string scheme, MetadataState state, bool areRequired)
    {
        findings.Add($"keys.{scheme}", state.Keys.Age is null ? "none" : "loaded");
        AddState(findings, $"keys.{scheme}", state.Keys);
        if (state.Keys.Age is null)
        {
            findings.Report(areRequired ? HealthStatus.Unhealthy : HealthStatus.Degraded, $"The provider's keys for the scheme '{scheme}' are not available{Because(state.Keys)}.");
        }
        else if (state.IsOutdated(state.Keys))
        {
            findings.Report(HealthStatus.Degraded, $"The provider's keys for the scheme '{scheme}' are outdated and could not be refreshed{Because(state.Keys)}.");
        }
    }

    // An application may set its own configuration manager, or fixed metadata.
    private static async Task CheckCustomAsync(HealthFindings findings, string scheme, IConfigurationManager<OpenIdConnectConfiguration> manager, CancellationToken cancellationToken)
    {
        findings.Add($"metadata.{scheme}", "application");
        try
        {
            await manager.GetConfigurationAsync(cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Add($"metadata.{scheme}.failure", exception.GetType().Name);
            findings.Report(HealthStatus.Unhealthy, $"The configuration manager of the scheme '{scheme}' failed ({exception.GetType().Name}).");
        }
    }

    private static void AddState(HealthFindings findings, string key, DocumentState document)
    {
        findings.AddSeconds($"{key}.age_seconds", document.Age);
        findings.AddSeconds($"{key}.failure_age_seconds", document.FailureAge);
        if (document.Failure is { } failure)
        {
            findings.Add($"{key}.failure", TypeOf(failure));
        }
    }

    private static string Because(DocumentState document) => document.Failure is { } failure ? $" ({TypeOf(failure)}, event 202)" : "";

    // The message may quote the provider.
    private static string TypeOf(Exception failure) => failure is SignInException { Failure: { Cause: null, Error: var error } } ? error : (failure.InnerException ?? failure).GetType().Name;

    // HS256 requires only the client secret, and the algorithm of the provider is known only where it is pinned.
    private static bool RequiresKeys(AuthentiqOptions options) =>
        AlgorithmRule.Names(options.IdTokenSignedResponseAlg) is { Count: > 0 } pinned && pinned.All(name => name != AlgorithmRule.Unsigned && !AlgorithmRule.IsHmac(name));
}
