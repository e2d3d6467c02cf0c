using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Authentiq.AspNetCore;

/// <summary>
/// A code can be redeemed once, and a double click brings it twice: the callbacks that carry it at the same moment share one redemption, and end alike. Each of them has proven before that it comes
/// from the browser that began the sign-in.
/// </summary>
internal sealed class Redemptions(TimeProvider clock)
{
    /// <summary>How long after its redemption a code still leads to the same answer: long enough for the second of two clicks.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Redemption> _redemptions = new(StringComparer.Ordinal);

    /// <summary>The answer to a code: of the redemption that runs or ran, or of a new one.</summary>
    /// <param name="scheme">Whose code it is.</param>
    /// <param name="code">The code.</param>
    /// <param name="redeem">Redeems it. It belongs to all who wait, so nobody's patience ends it but its own.</param>
    /// <param name="cancellationToken">Ends this caller's wait, and not the redemption.</param>
    public async Task<OpenIdConnectMessage> ShareAsync(string scheme, string code, Func<Task<OpenIdConnectMessage>> redeem, CancellationToken cancellationToken)
    {
        ForgetOld();
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{scheme}\n{code}")));
        var mine = new Redemption(clock.GetUtcNow());
        var redemption = _redemptions.GetOrAdd(key, mine);
        if (ReferenceEquals(redemption, mine))
        {
            _ = mine.RunAsync(redeem);
        }

        try
        {
            // A copy for each: the application's events may change it.
            return (await redemption.Answer.WaitAsync(cancellationToken)).Clone();
        }
        catch (Exception) when (redemption.Answer.IsFaulted)
        {
            // A failure is shared by those who waited, and kept for nobody.
            _redemptions.TryRemove(KeyValuePair.Create(key, redemption));
            throw;
        }
    }

    private void ForgetOld()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, redemption) in _redemptions)
        {
            if (redemption.Answer.IsCompleted && now - redemption.Began > Grace)
            {
                _redemptions.TryRemove(KeyValuePair.Create(key, redemption));
            }
        }
    }

    private sealed class Redemption(DateTimeOffset began)
    {
        private readonly TaskCompletionSource<OpenIdConnectMessage> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset Began { get; } = began;

        public Task<OpenIdConnectMessage> Answer => _answer.Task;

        public async Task RunAsync(Func<Task<OpenIdConnectMessage>> redeem)
        {
            try
            {
                _answer.SetResult(await redeem());
            }
            catch (Exception exception)
            {
                _answer.SetException(exception);

                // Seen, even when everybody has gone.
                _ = _answer.Task.Exception;
            }
        }
    }
}
