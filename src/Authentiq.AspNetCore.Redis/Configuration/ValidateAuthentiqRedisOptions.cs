using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>Finds every invalid setting of Redis, and reports what to set instead. The configuration string can contain a password and is never repeated.</summary>
internal sealed class ValidateAuthentiqRedisOptions(IServiceProviderIsService services) : IValidateOptions<AuthentiqRedisOptions>
{
    private static readonly TimeSpan LongestPollInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestCallTimeout = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, AuthentiqRedisOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors, .. FindConnectionErrors(options)];
        if (string.IsNullOrWhiteSpace(options.KeyPrefix))
        {
            errors.Add("KeyPrefix of AddAuthentiqRedis is empty: set what every key begins with, such as 'authentiq:'.");
        }

        if (options.PollInterval <= TimeSpan.Zero || options.PollInterval > LongestPollInterval)
        {
            errors.Add($"PollInterval of AddAuthentiqRedis is {options.PollInterval}: set how long a lost message may delay a logout, such as 30 seconds, and one hour at most.");
        }

        if (options.CallTimeout <= TimeSpan.Zero || options.CallTimeout > LongestCallTimeout)
        {
            errors.Add($"CallTimeout of AddAuthentiqRedis is {options.CallTimeout}: set how long a request may wait for Redis, such as 3 seconds, and one minute at most.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> FindConnectionErrors(AuthentiqRedisOptions options)
    {
        if (options is { Configuration: not null, ConnectionMultiplexerFactory: not null })
        {
            yield return "AddAuthentiqRedis is told both Configuration and ConnectionMultiplexerFactory: set one of them.";
        }
        else if (options.Configuration is { } configuration)
        {
            if (FindTextError(configuration) is { } error)
            {
                yield return error;
            }
        }
        else if (options.ConnectionMultiplexerFactory is null && !services.IsService(typeof(IConnectionMultiplexer)))
        {
            yield return "AddAuthentiqRedis does not know which Redis to use: set Configuration, such as 'localhost:6379', or ConnectionMultiplexerFactory, or add an IConnectionMultiplexer to the services.";
        }
    }

    private static string? FindTextError(string configuration)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(configuration) && ConfigurationOptions.Parse(configuration).EndPoints.Count > 0
                ? null
                : "Configuration of AddAuthentiqRedis names no server: set one, such as 'localhost:6379'.";
        }
        catch (ArgumentException error)
        {
            // What it complains about is a word of the text; the text itself stays out.
            return $"Configuration of AddAuthentiqRedis cannot be read{(error.ParamName is { Length: > 0 } word && configuration.Contains(word + '=', StringComparison.OrdinalIgnoreCase) ? $" at '{word}'" : "")}: write it as 'localhost:6379,password=…,ssl=true'.";
        }
    }
}
