using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class RedisFailureTests
{
    private const string Key = "authentiq:{sessions}:key:hash-of-a-key";

#pragma warning disable CS0618 // The shorter constructors will do: what the client itself adds does not matter here.
    public static TheoryData<Exception, string> Failures => new()
    {
        { new RedisTimeoutException($"Timeout awaiting response, next: HGETALL {Key}", CommandStatus.Sent), "Redis at redis.example:6379 is unavailable: timeout." },
        { new RedisConnectionException(ConnectionFailureType.UnableToConnect, $"No connection is available to service HGETALL {Key}"), "Redis at redis.example:6379 is unavailable: no connection (UnableToConnect)." },
        { new RedisConnectionException(ConnectionFailureType.UnableToConnect, $"No connection is available to service HGETALL {Key}", new SocketException((int)SocketError.ConnectionRefused)), "Redis at redis.example:6379 is unavailable: no connection (ConnectionRefused)." },
        { new RedisConnectionException(ConnectionFailureType.AuthenticationFailure, $"No connection is available to service HGETALL {Key}"), "Redis at redis.example:6379 is unavailable: authentication failed." },
        { new RedisServerException($"WRONGTYPE {Key} holds something else"), "Redis at redis.example:6379 is unavailable: error response (WRONGTYPE)." },
        { new RedisServerException($"{Key} is not what was expected"), "Redis at redis.example:6379 is unavailable: error response (ERR)." },
        { new InvalidOperationException($"The application's own factory says {Key}"), "Redis at redis.example:6379 is unavailable: InvalidOperationException." },
    };
#pragma warning restore CS0618

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failure_is_told_by_its_kind_and_never_by_what_was_asked(Exception failure, string expected)
    {
        var told = RedisFailure.Of(failure, [new DnsEndPoint("redis.example", 6379)]);

        told.Message.ShouldBe(expected);
        told.ToString().ShouldNotContain(Key);
    }
}
