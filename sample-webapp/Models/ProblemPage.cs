using System.Diagnostics.CodeAnalysis;
using Authentiq.AspNetCore;

namespace SampleWebApp.Models;

/// <summary>The model of an error page.</summary>
/// <param name="Status">The status code of the response.</param>
/// <param name="Title">The heading.</param>
/// <param name="Text">What happened.</param>
/// <param name="Advice">What the user can do.</param>
public sealed record ProblemPage(int Status, string Title, string Text, string Advice)
{
    private static ProblemPage SessionStoreUnavailable => new(
        StatusCodes.Status503ServiceUnavailable,
        "We cannot sign you in right now",
        "Your identity was confirmed, but our session store is unavailable.",
        "Try again in a minute.");

    private static ProblemPage SessionTooLarge => new(
        StatusCodes.Status502BadGateway,
        "The sign-in did not complete",
        "The sign-in service sent more about you than this application can store.",
        "Contact us and quote the reference.");

    /// <summary>The URL that starts a new sign-in.</summary>
    public string? RetryUrl { get; init; }

    /// <summary>The reference to quote to support. The log contains the same reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The page for a failed sign-in.</summary>
    /// <param name="error">One of <see cref="AuthentiqErrors"/>; any other value returns a general page.</param>
    public static ProblemPage OfSignIn(string? error) => error switch
    {
        AuthentiqErrors.AccessDenied => new(
            StatusCodes.Status403Forbidden,
            "You cancelled the sign-in",
            "The sign-in was declined on the phone or cancelled in the browser. No data was shared with us.",
            "To sign in, try again and approve the request on your phone."),
        AuthentiqErrors.ScopeNotGranted => new(
            StatusCodes.Status403Forbidden,
            "We need more information to sign you in",
            "Your e-mail address is required. It was not shared, or it is not verified.",
            "Verify your e-mail address in the Authentiq ID app, then try again and leave it selected."),
        AuthentiqErrors.Refused => new(
            StatusCodes.Status403Forbidden,
            "You cannot sign in here",
            "Your identity was confirmed, but this application does not allow you to sign in.",
            "If you think this is an error, contact us and quote the reference."),
        AuthentiqErrors.Expired => new(
            StatusCodes.Status400BadRequest,
            "The sign-in has expired",
            "A sign-in must be completed within a few minutes.",
            "Try again. A new sign-in takes a few seconds."),
        AuthentiqErrors.BrowserMismatch => new(
            StatusCodes.Status400BadRequest,
            "This sign-in was started in another browser",
            "The sign-in was started in another browser, or its cookie is missing.",
            "Try again in this browser. If the problem continues, allow cookies for this site."),
        AuthentiqErrors.InvalidResponse => new(
            StatusCodes.Status400BadRequest,
            "There is no sign-in to complete",
            "This address can be used only once, as the last step of a sign-in.",
            "Start a new sign-in."),
        AuthentiqErrors.InvalidToken => new(
            StatusCodes.Status400BadRequest,
            "We could not verify this sign-in",
            "The response of the sign-in service is not valid, and you are not signed in.",
            "Try again. If the problem continues, contact us and quote the reference."),
        AuthentiqErrors.InteractionRequired => new(
            StatusCodes.Status400BadRequest,
            "Please sign in again",
            "The sign-in service requires your input before it can sign you in.",
            "Try again, and follow the steps on your phone."),
        AuthentiqErrors.ProviderError => new(
            StatusCodes.Status502BadGateway,
            "The sign-in service refused our request",
            "This application is probably not configured correctly.",
            "Contact us and quote the reference, or try again later."),
        AuthentiqErrors.ProviderUnavailable => new(
            StatusCodes.Status503ServiceUnavailable,
            "The sign-in service is unavailable",
            "We cannot reach the sign-in service at the moment. Existing sessions are not affected.",
            "Try again in a minute."),
        AuthentiqErrors.SessionsUnavailable => SessionStoreUnavailable,
        AuthentiqErrors.SessionTooLarge => SessionTooLarge,
        _ => new(
            StatusCodes.Status400BadRequest,
            "The sign-in did not complete",
            "An error occurred, and you are not signed in.",
            "Try again. If the problem continues, contact us and quote the reference."),
    };

    /// <summary>The page for any other error. For a status that is not an error, it is the page for 404.</summary>
    public static ProblemPage OfStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(
            status,
            "The request failed",
            "The page may have been open for too long.",
            "Go back, reload the page and try again."),
        StatusCodes.Status403Forbidden => new(
            status,
            "You do not have access to this page",
            "You are signed in, but you do not have permission to view this page.",
            "Sign in as another user, or contact us if you need access."),
        >= 500 and <= 599 => new(
            status,
            "An error occurred on the server",
            "The page could not be displayed. The error has been logged.",
            "Try again in a minute."),
        >= 401 and <= 499 and not StatusCodes.Status404NotFound => new(
            status,
            "The request failed",
            "The server cannot process this request.",
            "Go to the home page to continue."),
        _ => new(
            StatusCodes.Status404NotFound,
            "Page not found",
            "The address may be wrong, or the page has moved.",
            "Go to the home page to continue."),
    };

    /// <summary>Whether a text has the format of a reference. Anyone can create a link to the error page, so the page must not show arbitrary text.</summary>
    public static bool IsReference([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '-');
}
