using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Authentiq.AspNetCore;

/// <summary>Requests from the application to the provider.</summary>
internal static class Backchannel
{
    /// <summary>The maximum size of a response in bytes. The largest responses of the provider, key sets, are a tenth of it.</summary>
    public const int MaxResponseBytes = 256 * 1024;

    /// <summary>Creates the client for an application that sets none: it follows no redirects, which could send the secret to another host, stores no cookies, and reconnects to follow DNS changes.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "Has the lifetime of the options, which is the lifetime of the application.")]
    public static HttpClient Create(HttpMessageHandler? handler, TimeSpan timeout)
    {
        var client = new HttpClient(handler ?? CreateHandler())
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = MaxResponseBytes,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Authentiq.AspNetCore");
        return client;
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        MaxResponseHeadersLength = 32,
    };

    /// <summary>Sends a request and reads the whole response.</summary>
    /// <exception cref="SignInException">The provider is unavailable, or its response is incomplete, too large or unreadable (<see cref="AuthentiqErrors.ProviderUnavailable"/>).</exception>
    public static async Task<ProviderResponse> SendAsync(AuthentiqOptions options, HttpRequestMessage request, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var activity = Traces.StartRequest(endpoint.Name);
        var clock = options.TimeProvider ?? TimeProvider.System;
        var start = clock.GetTimestamp();
        try
        {
            var response = await SendAsync(options.Backchannel, request, endpoint, cancellationToken);
            options.Metrics?.ProviderRequest(endpoint.Name, (int)response.Status, error: null, clock.GetElapsedTime(start));
            activity?.SetTag(Tags.Status, (int)response.Status);
            return response;
        }
        catch (Exception exception)
        {
            var error = exception is SignInException { InnerException: { } cause } ? cause.GetType().Name : exception.GetType().Name;
            options.Metrics?.ProviderRequest(endpoint.Name, status: null, error, clock.GetElapsedTime(start));
            activity.Fail(error);
            throw;
        }
    }

    private static async Task<ProviderResponse> SendAsync(HttpClient client, HttpRequestMessage request, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var type = response.Content.Headers.ContentType;

            // RFC 8259 §8.1: JSON is UTF-8, and so is a token.
            var body = type?.CharSet is null or "utf-8"
                ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
                : Encoding.UTF8.GetBytes(await response.Content.ReadAsStringAsync(cancellationToken));
            return new(response.StatusCode, type?.MediaType?.ToLowerInvariant(), body);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, $"the {endpoint.Description} timed out", exception).ToException();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, $"the {endpoint.Description} cannot be reached, or its response was incomplete or too large", exception).ToException();
        }
        catch (InvalidOperationException exception)
        {
            // The response has an unknown encoding.
            throw new SignInFailure(AuthentiqErrors.ProviderUnavailable, $"the response of the {endpoint.Description} cannot be read", exception).ToException();
        }
    }

    public static bool IsSuccess(this HttpStatusCode status) => (int)status is >= 200 and < 300;
}
