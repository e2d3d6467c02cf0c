using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// The provider's endpoints, issuer and keys, so that nobody waits for what is known: built-in endpoints answer at once, a discovery document that has been read is used while a newer one is fetched,
/// and only a signature by a key that nobody has seen waits for the key set.
/// </summary>
internal sealed class MetadataManager : IConfigurationManager<OpenIdConnectConfiguration>
{
    /// <summary>How long a person waits for a document that has never arrived.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _scheme;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _refreshAfter;
    private readonly OpenIdConnectConfiguration? _builtIn;
    private readonly LastKnownGood<OpenIdConnectConfiguration>? _discovered;
    private readonly LastKnownGood<IReadOnlyList<SecurityKey>> _keys;
    private readonly KeySearches _searches;
    private readonly KeySearches _searchesOfSignIns;

    public MetadataManager(string scheme, AuthentiqOptions options, TimeProvider clock, ILogger<MetadataManager> logger)
    {
        _scheme = scheme;
        _clock = clock;
        _logger = logger;
        _refreshAfter = options.AutomaticRefreshInterval;

        var documents = new MetadataDocuments(options);
        var authority = options.Authority!;
        var named = options.MetadataAddress is { Length: > 0 } address ? address : null;

        if (named is null && (options.MetadataMode is AuthentiqMetadataMode.BuiltIn || (options.MetadataMode is AuthentiqMetadataMode.Auto && BuiltInMetadata.IsHosted(authority))))
        {
            _builtIn = BuiltInMetadata.For(authority);
        }

        if (options.MetadataMode is not AuthentiqMetadataMode.BuiltIn || named is not null)
        {
            _discovered = new(() => LogFailureAsync(() => documents.FetchMetadataAsync(named ?? BuiltInMetadata.DiscoveryAddress(authority), named is null ? authority : null)), clock);
        }

        _keys = new(() => LogFailureAsync(async () => await documents.FetchKeysAsync((await GetConfigurationAsync(CancellationToken.None)).JwksUri)), clock);
        (_searches, _searchesOfSignIns) = (new(_keys, clock), new(_keys, clock));
    }

    /// <summary>Endpoints and issuer. No network call is waited for when they are known.</summary>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (_discovered is null)
        {
            return _builtIn!;
        }

        if (_discovered.Value is { } known)
        {
            RefreshInBackground(_discovered);
            return known;
        }

        if (_builtIn is not null)
        {
            RefreshInBackground(_discovered);
            return _builtIn;
        }

        return await PatientlyAsync(_discovered.FetchAsync(), cancel);
    }

    /// <summary>The public keys; when none of the known ones has this id, those of a fetch that began after this call, so that an id that is still unknown is not published.</summary>
    /// <exception cref="SignInException">The key set is unavailable, and whether the id is published cannot be known.</exception>
    public async Task<IReadOnlyList<SecurityKey>> GetSigningKeysAsync(string? keyId, bool mayWait, CancellationToken cancellationToken)
    {
        var isFetching = _keys.Running is not null;
        if (_keys.Value is not { } keys)
        {
            keys = await WaitAsync(_keys.FetchAsync, mayWait, cancellationToken);
            if (!isFetching)
            {
                return keys;
            }
        }

        if (SigningKeys.Matching(keys, keyId).Count > 0)
        {
            RefreshInBackground(_keys);
            return keys;
        }

        // A user who signs in can try again, and does not wait for what others have used up; a logout token comes once, and anonymous requests have a limit of their own.
        return mayWait || _searchesOfSignIns.TryTake()
            ? await WaitAsync(() => SearchAsync(keyId, mayWait), mayWait, cancellationToken)
            : keys;
    }

    /// <summary>The public keys of a fetch that begins after this call, for a token that names no key; the known ones when no search is left.</summary>
    public async Task<IReadOnlyList<SecurityKey>> SearchSigningKeysAsync(bool mayWait, CancellationToken cancellationToken) =>
        mayWait || _searchesOfSignIns.TryTake() ? await WaitAsync(() => SearchAsync("(none)", mayWait), mayWait, cancellationToken) : _keys.Value ?? [];

    /// <summary>Fetches what will be needed, for whoever comes first. It never throws.</summary>
    public async Task WarmUpAsync()
    {
        try
        {
            if (_discovered is not null)
            {
                await _discovered.FetchAsync();
            }

            await _keys.FetchAsync();
            _logger.MetadataLoaded(_scheme);
        }
        catch (SignInException)
        {
            // Logged where it failed, and tried again when it is needed.
        }
    }

    /// <summary>
    /// The state of the metadata and the keys. A document that has never been fetched is fetched, for at most <see cref="Patience"/>; one that is old is fetched again in the background, so that
    /// an application without traffic recovers too.
    /// </summary>
    public async Task<MetadataState> GetStateAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_discovered is null ? Task.CompletedTask : RefreshAsync(_discovered, cancellationToken), RefreshAsync(_keys, cancellationToken));
        return new(_builtIn is not null, _discovered?.GetState(), _keys.GetState(), _refreshAfter);
    }

    /// <summary>Nothing to do: <see cref="GetSigningKeysAsync"/> looks for a missing key by itself, while the sign-in waits.</summary>
    public void RequestRefresh()
    {
    }

    // Anonymous requests hold memory while they wait, so few of them do.
    private async Task<IReadOnlyList<SecurityKey>> WaitAsync(Func<Task<IReadOnlyList<SecurityKey>>> fetch, bool isAnonymous, CancellationToken cancellationToken)
    {
        if (!isAnonymous)
        {
            return await PatientlyAsync(fetch(), cancellationToken);
        }

        _searches.Enter();
        try
        {
            return await PatientlyAsync(fetch(), cancellationToken);
        }
        finally
        {
            _searches.Exit();
        }
    }

    // A fetch that runs already is free, and brings the key after most rotations.
    private async Task<IReadOnlyList<SecurityKey>> SearchAsync(string? keyId, bool mayWait)
    {
        if (_keys.Running is { } running)
        {
            await ObserveAsync(running);
            if (_keys.Value is { } keys && SigningKeys.Matching(keys, keyId).Count > 0)
            {
                return keys;
            }
        }

        return await (mayWait ? _searches.FetchAsync() : _keys.FetchAsync());
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
            await PatientlyAsync(document.FetchAsync(), cancellationToken);
        }
        catch (SignInException)
        {
            // Logged where it failed, and part of the state.
        }
    }

    private void RefreshInBackground<T>(LastKnownGood<T> document) where T : class
    {
        if (document.Value is null || document.Age >= _refreshAfter)
        {
            _ = ObserveAsync(document.FetchAsync());
        }
    }

    // Once for each attempt, however many requests wait for it or hear of it afterwards.
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
            // Logged where it failed; whoever needs the document asks for it again.
        }
    }

    private async Task<T> PatientlyAsync<T>(Task<T> fetch, CancellationToken cancellationToken)
    {
        try
        {
            return await fetch.WaitAsync(Patience, _clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            _ = ObserveAsync(fetch);
            throw new SignInException(AuthentiqErrors.ProviderUnavailable, "the provider's metadata did not arrive in time");
        }
    }
}
