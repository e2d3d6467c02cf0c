using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>What is said of a call that Redis did not carry out. Messages of the client name the key, and those of the server may, so only their kind is repeated.</summary>
internal static class RedisFailure
{
    public static AuthentiqStoreException Of(Exception exception) => exception as AuthentiqStoreException ?? new($"Redis does not answer: {Kind(exception)}.");

    private static string Kind(Exception exception) => exception switch
    {
        RedisConnectionException connection => $"no connection ({connection.FailureType})",
        TimeoutException => "it took too long",
        RedisServerException server => $"it refused the call ({Code(server.Message)})",
        ObjectDisposedException => "the connection is closed",
        _ => exception.GetType().Name,
    };

    // A server's answer begins with a code, such as OOM, NOAUTH, READONLY, LOADING.
    private static string Code(string message)
    {
        var word = message.Split(' ', 2)[0];
        return word.Length is > 1 and < 16 && word.All(char.IsAsciiLetterUpper) ? word : "ERR";
    }
}
