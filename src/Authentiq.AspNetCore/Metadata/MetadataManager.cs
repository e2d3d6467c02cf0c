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
    private readonly Lazy<MetadataSources> _sources;

    /// <summary>The options are read when the metadata is first needed: the application may still change them in a <c>PostConfigure</c> of its own.</summary>
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

    /// <summary>Endpoints and issuer. No network call is waited for when they are known.</summary>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (Discovered is null)
        {
            return _sources.Value.BuiltIn!;
        }

        if (Discovered.Value is { } known)
        {
            RefreshInBackground(Discovered);
            return known;
        }

        if (_sources.Value.BuiltIn is { } builtIn)
        {
            RefreshInBackground(Discovered);
            return builtIn;
        }

        return await PatientlyAsync(Discovered.FetchAsync(), cancel);
    }

    /// <summary>The public keys; when none of the known ones has this id, those of a fetch that began after this call, so that an id that is still unknown is not published.</summary>
    /// <exception cref="SignInException">The key set is unavailable, and whether the id is published cannot be known.</exception>
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

        // A user who signs in can try again, and does not wait for what others have used up; a logout token comes once, and anonymous requests have a limit of their own.
        return mayWait || SearchesOfSignIns.TryTake()
            ? await WaitAsync(() => SearchAsync(keyId, mayWait), mayWait, cancellationToken)
            : keys;
    }

    /// <summary>The public keys of a fetch that begins after this call, for a token that names no key; the known ones when no search is left.</summary>
    public async Task<IReadOnlyList<SecurityKey>> SearchSigningKeysAsync(bool mayWait, CancellationToken cancellationToken) =>
        mayWait || SearchesOfSignIns.TryTake() ? await WaitAsync(() => SearchAsync("(none)", mayWait), mayWait, cancellationToken) : Keys.Value ?? [];

    /// <summary>Fetches what will be needed, for whoever comes first. It never throws.</summary>
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
            // Logged where it failed, and tried again when it is needed.
        }
    }

    /// <summary>
    /// The state of the metadata and the keys. A document that has never been fetched is fetched, for at most <see cref="Patience"/>; one that is old is fetched again in the background, so that
    /// an application without traffic recovers too.
    /// </summary>
    public async Task<MetadataState> GetStateAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Discovered is null ? Task.CompletedTask : RefreshAsync(Discovered, cancellationToken), RefreshAsync(Keys, cancellationToken));
        return new(_sources.Value.BuiltIn is not null, Discovered?.GetState(), Keys.GetState(), _sources.Value.RefreshAfter);
    }

    /// <summary>Nothing to do: <see cref="GetSigningKeysAsync"/> looks for a missing key by itself, while the sign-in waits.</summary>
    public void RequestRefresh()
    {
    }

    private MetadataSources CreateSources(AuthentiqOptions options)
    {
        var clock = options.TimeProvider!;
        var documents = new MetadataDocuments(options);
        var authority = options.Authority!;
        var named = options.MetadataAddress is { Length: > 0 } address ? address : null;
        var isBuiltIn = named is null && (options.MetadataMode is AuthentiqMetadataMode.BuiltIn || (options.MetadataMode is AuthentiqMetadataMode.Auto && BuiltInMetadata.IsHosted(authority)));
        var isDiscovered = options.MetadataMode is not AuthentiqMetadataMode.BuiltIn || named is not null;
        return new(
            clock,
            options.AutomaticRefreshInterval,
            isBuiltIn ? BuiltInMetadata.For(authority) : null,
            isDiscovered ? new(() => LogFailureAsync(() => documents.FetchMetadataAsync(named ?? BuiltInMetadata.DiscoveryAddress(authority), named is null ? authority : null)), clock) : null,
            new(() => LogFailureAsync(async () => await documents.FetchKeysAsync((await GetConfigurationAsync(CancellationToken.None)).JwksUri)), clock));
    }

    // Anonymous requests hold memory while they wait, so few of them do.
    private async Task<IReadOnlyList<SecurityKey>> WaitAsync(Func<Task<IReadOnlyList<SecurityKey>>> fetch, bool isAnonymous, CancellationToken cancellationToken)
    {
        if (!isAnonymous)
        {
            return await PatientlyAsync(fetch(), cancellationToken);
        }

        Searches.Enter();
        try
        {
            return await PatientlyAsync(fetch(), cancellationToken);
        }
        finally
        {
            Searches.Exit();
        }
    }

    // A fetch that runs already is free, and brings the key after most rotations.
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
            await PatientlyAsync(document.FetchAsync(), cancellationToken);
        }
        catch (SignInException)
        {
            // Logged where it failed, and part of the state.
        }
    }

    private void RefreshInBackground<T>(LastKnownGood<T> document) where T : class
    {
        if (document.Value is null || document.Age >= _sources.Value.RefreshAfter)
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
            return await fetch.WaitAsync(Patience, _sources.Value.Clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            _ = ObserveAsync(fetch);
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, "the provider's metadata did not arrive in time").ToException();
        }
    }
}
