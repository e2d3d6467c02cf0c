using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// The provider's endpoints, issuer and keys. Known metadata is returned without a wait: built-in endpoints are used until a discovery document has been fetched, and a fetched document is used while a newer
/// one is fetched in the background. Only a signature with an unknown key waits for the key set.
/// </summary>
internal sealed class MetadataManager : IConfigurationManager<OpenIdConnectConfiguration>
{
    /// <summary>The maximum time that a request waits for a fetch.</summary>
    public static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(5);

    private readonly string _scheme;
    private readonly ILogger _logger;
    private readonly Lazy<MetadataSources> _sources;

    /// <summary>The options are read when the metadata is first needed, because the application may change them in its own <c>PostConfigure</c>.</summary>
    public MetadataManager(string scheme, AuthentiqOptions options, ILogger<MetadataManager> logger)
    {
        _scheme = scheme;
        _logger = logger;
        _sources = new(() => CreateSources(options));
    }

    private LastKnownGood<OpenIdConnectConfiguration>? Discovered => _sources.Value.Discovered;

    private LastKnownGood<IReadOnlyList<SecurityKey>> Keys => _sources.Value.Keys;

    private KeySearches Searches => _sources.Value.Searches;

    private KeySearches SearchesOfSignIns => _sources.Value.SearchesOfSignIns;

    /// <summary>Returns the endpoints and the issuer. When they are known, the call does not wait for the network.</summary>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (Discovered is null)
        {
            return _sources.Value.BuiltIn!;
        }

        if (Discovered.Value is { } discovered)
        {
            RefreshInBackground(Discovered);
            return discovered;
        }

        if (_sources.Value.BuiltIn is { } builtIn)
        {
            RefreshInBackground(Discovered);
            return builtIn;
        }

        return await WithTimeoutAsync(Discovered.FetchAsync(), cancel);
    }

    /// <summary>Returns the public keys. If none of the known keys has this id, returns the keys of a fetch that started after this call: an id that is still unknown is then not published.</summary>
    /// <exception cref="SignInException">The key set is unavailable, so that it is unknown whether the id is published.</exception>
    public async Task<IReadOnlyList<SecurityKey>> GetSigningKeysAsync(string? keyId, bool mayWait, CancellationToken cancellationToken)
    {
        var isFetching = Keys.Running is not null;
        if (Keys.Value is not { } keys)
        {
            keys = await WaitAsync(Keys.FetchAsync, mayWait, cancellationToken);
            if (!isFetching)
            {
                return keys;
            }
        }

        if (SigningKeys.Matching(keys, keyId).Count > 0)
        {
            RefreshInBackground(Keys);
            return keys;
        }

        // A sign-in does not wait at the rate limit, because the user can try again. A logout token waits, because it is sent once; it comes from an anonymous request, which has a separate limit.
        return mayWait || SearchesOfSignIns.TryTake()
            ? await WaitAsync(() => SearchAsync(keyId, mayWait), mayWait, cancellationToken)
            : keys;
    }

    /// <summary>Returns the public keys of a fetch that starts after this call, for a token without a key id; the known keys when the rate limit is reached.</summary>
    public async Task<IReadOnlyList<SecurityKey>> SearchSigningKeysAsync(bool mayWait, CancellationToken cancellationToken) =>
        mayWait || SearchesOfSignIns.TryTake() ? await WaitAsync(() => SearchAsync("(none)", mayWait), mayWait, cancellationToken) : Keys.Value ?? [];

    /// <summary>Fetches the documents before the first sign-in. A failure is logged and not thrown.</summary>
    public async Task WarmUpAsync()
    {
        try
        {
            if (Discovered is not null)
            {
                await Discovered.FetchAsync();
            }

            await Keys.FetchAsync();
            _logger.MetadataLoaded(_scheme);
        }
        catch (SignInException)
        {
            // Logged by the fetch, and repeated when the document is needed.
        }
    }

    /// <summary>
    /// Returns the state of the metadata and the keys. A document that has never been fetched is awaited for at most <see cref="FetchTimeout"/>. An outdated document is fetched again in the background, so
    /// that an application without traffic recovers as well.
    /// </summary>
    public async Task<MetadataState> GetStateAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Discovered is null ? Task.CompletedTask : RefreshAsync(Discovered, cancellationToken), RefreshAsync(Keys, cancellationToken));
        return new(_sources.Value.BuiltIn is not null, Discovered?.GetState(), Keys.GetState(), _sources.Value.RefreshAfter);
    }

    /// <summary>Does nothing: <see cref="GetSigningKeysAsync"/> fetches a missing key itself, while the sign-in waits.</summary>
    public void RequestRefresh()
    {
    }

    private MetadataSources CreateSources(AuthentiqOptions options)
    {
        var clock = options.TimeProvider!;
        var documents = new MetadataDocuments(options);
        var authority = options.Authority!;
        var configured = options.MetadataAddress is { Length: > 0 } address ? address : null;
        var isBuiltIn = configured is null && (options.MetadataMode is AuthentiqMetadataMode.BuiltIn || (options.MetadataMode is AuthentiqMetadataMode.Auto && BuiltInMetadata.IsHosted(authority)));
        var isDiscovered = options.MetadataMode is not AuthentiqMetadataMode.BuiltIn || configured is not null;
        return new(
            clock,
            options.AutomaticRefreshInterval,
            isBuiltIn ? BuiltInMetadata.For(authority) : null,
            isDiscovered ? new(() => LogFailureAsync(() => documents.FetchMetadataAsync(configured ?? BuiltInMetadata.DiscoveryAddress(authority), configured is null ? authority : null)), clock) : null,
            new(() => LogFailureAsync(async () => await documents.FetchKeysAsync((await GetConfigurationAsync(CancellationToken.None)).JwksUri)), clock));
    }

    // Waiting requests use memory, so the number of anonymous ones is limited.
    private async Task<IReadOnlyList<SecurityKey>> WaitAsync(Func<Task<IReadOnlyList<SecurityKey>>> fetch, bool isAnonymous, CancellationToken cancellationToken)
    {
        if (!isAnonymous)
        {
            return await WithTimeoutAsync(fetch(), cancellationToken);
        }

        Searches.Enter();
        try
        {
            return await WithTimeoutAsync(fetch(), cancellationToken);
        }
        finally
        {
            Searches.Exit();
        }
    }

    // Joining a running fetch is not limited, and after most rotations it returns the key.
    private async Task<IReadOnlyList<SecurityKey>> SearchAsync(string? keyId, bool mayWait)
    {
        if (Keys.Running is { } running)
        {
            await ObserveAsync(running);
            if (Keys.Value is { } keys && SigningKeys.Matching(keys, keyId).Count > 0)
            {
                return keys;
            }
        }

        return await (mayWait ? Searches.FetchAsync() : Keys.FetchAsync());
    }

    private async Task RefreshAsync<T>(LastKnownGood<T> document, CancellationToken cancellationToken) where T : class
    {
        if (document.Value is not null)
        {
            RefreshInBackground(document);
            return;
        }

        try
        {
            await WithTimeoutAsync(document.FetchAsync(), cancellationToken);
        }
        catch (SignInException)
        {
            // Logged by the fetch, and part of the state.
        }
    }

    private void RefreshInBackground<T>(LastKnownGood<T> document) where T : class
    {
        if (document.Value is null || document.Age >= _sources.Value.RefreshAfter)
        {
            _ = ObserveAsync(document.FetchAsync());
        }
    }

    // Logs once for each fetch, however many requests share its result.
    private async Task<T> LogFailureAsync<T>(Func<Task<T>> fetch)
    {
        try
        {
            return await fetch();
        }
        catch (SignInException exception)
        {
            _logger.MetadataFailed(_scheme, exception.Message);
            throw;
        }
    }

    private static async Task ObserveAsync(Task fetch)
    {
        try
        {
            await fetch;
        }
        catch (SignInException)
        {
            // Logged by the fetch. The next request for the document fetches it again.
        }
    }

    private async Task<T> WithTimeoutAsync<T>(Task<T> fetch, CancellationToken cancellationToken)
    {
        try
        {
            return await fetch.WaitAsync(FetchTimeout, _sources.Value.Clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            _ = ObserveAsync(fetch);
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "the request for the provider's metadata timed out").ToException();
        }
    }
}
