using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Authentiq.AspNetCore;

/// <summary>Validates <see cref="AuthentiqRedisOptions"/> and reports all errors. The configuration string can contain a password and is never part of a message.</summary>
internal sealed class ValidateAuthentiqRedisOptions(IServiceProviderIsService services) : IValidateOptions<AuthentiqRedisOptions>
{
    private static readonly TimeSpan LongestPollInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestCallTimeout = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, AuthentiqRedisOptions options)
    {
        List<string> errors = [.. options.ConfigurationErrors, .. FindConnectionErrors(options)];
        if (string.IsNullOrWhiteSpace(options.KeyPrefix))
        {
            errors.Add("KeyPrefix of AddAuthentiqRedis is empty: set a prefix for all keys, such as 'authentiq:'.");
        }

        if (options.PollInterval <= TimeSpan.Zero || options.PollInterval > LongestPollInterval)
        {
            errors.Add($"PollInterval of AddAuthentiqRedis is {options.PollInterval}: set an interval of at most one hour, such as 30 seconds.");
        }

        if (options.CallTimeout <= TimeSpan.Zero || options.CallTimeout > LongestCallTimeout)
        {
            errors.Add($"CallTimeout of AddAuthentiqRedis is {options.CallTimeout}: set a timeout of at most one minute, such as 3 seconds.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> FindConnectionErrors(AuthentiqRedisOptions options)
    {
        if (options is { Configuration: not null, ConnectionMultiplexerFactory: not null })
        {
            yield return "AddAuthentiqRedis has both Configuration and ConnectionMultiplexerFactory: set one of them.";
        }
        else if (options.Configuration is { } configuration)
        {
            if (FindConfigurationError(configuration) is { } error)
            {
                yield return error;
            }
        }
        else if (options.ConnectionMultiplexerFactory is null && !services.IsService(typeof(IConnectionMultiplexer)))
        {
            yield return "AddAuthentiqRedis has no Redis connection: set Configuration, such as 'localhost:6379', or ConnectionMultiplexerFactory, or add an IConnectionMultiplexer to the services.";
        }
    }

    private static string? FindConfigurationError(string configuration)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(configuration) && ConfigurationOptions.Parse(configuration).EndPoints.Count > 0
                ? null
                : "Configuration of AddAuthentiqRedis contains no server: set one, such as 'localhost:6379'.";
        }
        catch (ArgumentException exception)
        {
            // The parameter name is a word of the configuration string. The string itself is not reported.
            return $"Configuration of AddAuthentiqRedis cannot be read{(exception.ParamName is { Length: > 0 } word && configuration.Contains(word + '=', StringComparison.OrdinalIgnoreCase) ? $" at '{word}'" : "")}: write it as 'localhost:6379,password=…,ssl=true'.";
        }
    }
}
