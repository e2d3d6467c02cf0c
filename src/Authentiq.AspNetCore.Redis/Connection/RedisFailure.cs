using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>Describes a failed call to Redis. The messages of the client and of the server can contain a key, so only the kind of failure is reported.</summary>
internal static class RedisFailure
{
    public static AuthentiqStoreException Of(Exception exception, IEnumerable<EndPoint> servers) =>
        exception as AuthentiqStoreException ?? new($"Redis{At(servers)} is unavailable: {Kind(exception)}.");

    /// <summary>Whether a key holds a value of another type.</summary>
    public static bool IsWrongType(RedisServerException exception) => exception.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal);

    private static string At(IEnumerable<EndPoint> servers) => string.Join(", ", servers.Select(Address)) is { Length: > 0 } all ? $" at {all}" : "";

    private static string Address(EndPoint server) => server is DnsEndPoint name ? FormattableString.Invariant($"{name.Host}:{name.Port}") : server.ToString() ?? "";

    private static string Kind(Exception exception) => exception switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => "authentication failed",
        RedisConnectionException connection => $"no connection ({Find<SocketException>(connection)?.SocketErrorCode.ToString() ?? connection.FailureType.ToString()})",
        TimeoutException => "timeout",
        RedisServerException server => $"error response ({Code(server.Message)})",
        ObjectDisposedException => "the connection is closed",
        _ => exception.GetType().Name,
    };

    private static T? Find<T>(Exception? exception) where T : Exception
    {
        while (exception is not (null or T))
        {
            exception = exception.InnerException;
        }

        return exception as T;
    }

    // An error response starts with a code, such as OOM, NOAUTH, READONLY, LOADING.
    private static string Code(string message)
    {
        var word = message.Split(' ', 2)[0];
        return word.Length is > 1 and < 16 && word.All(char.IsAsciiLetterUpper) ? word : "ERR";
    }
}
