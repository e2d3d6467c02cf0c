using System.Diagnostics.CodeAnalysis;
using Authentiq.AspNetCore;

namespace SampleWebApp.Models;

/// <summary>What an error page says: what happened, and what to do now.</summary>
/// <param name="Status">The status code of the response.</param>
/// <param name="Title">What happened, as a heading.</param>
/// <param name="Text">What that means.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record ProblemPage(int Status, string Title, string Text, string Advice)
{
    private static ProblemPage CannotRemember => new(
        StatusCodes.Status503ServiceUnavailable,
        "We cannot keep you signed in right now",
        "You are who you say you are, but our own memory of it does not answer at the moment.",
        "Try again in a minute.");

    private static ProblemPage CannotStore => new(
        StatusCodes.Status502BadGateway,
        "The sign-in did not complete",
        "The sign-in service sent more about you than this application can store.",
        "Please tell us and quote the reference.");

    /// <summary>Where a sign-in can be tried again.</summary>
    public string? RetryUrl { get; init; }

    /// <summary>What to quote to support: the log has it too.</summary>
    public string? Reference { get; init; }

    /// <summary>Why a sign-in did not complete.</summary>
    /// <param name="error">One of <see cref="AuthentiqErrors"/>; anything else is told in general words.</param>
    public static ProblemPage OfSignIn(string? error) => error switch
    {
        AuthentiqErrors.AccessDenied => new(
            StatusCodes.Status403Forbidden,
            "You cancelled the sign-in",
            "It was declined on the phone or cancelled in the browser. Nothing was shared with us.",
            "If you did not mean to, try again and approve it on your phone."),
        AuthentiqErrors.ScopeNotGranted => new(
            StatusCodes.Status403Forbidden,
            "We need a little more to sign you in",
            "Something that we cannot do without was not shared, or is not verified yet. Here that is your e-mail address.",
            "Verify your e-mail address in the Authentiq ID app, then try again and leave it ticked."),
        AuthentiqErrors.Refused => new(
            StatusCodes.Status403Forbidden,
            "You cannot sign in here",
            "You are who you say you are, but this application does not let you in.",
            "If you think that it should, tell us and quote the reference."),
        AuthentiqErrors.Expired => new(
            StatusCodes.Status400BadRequest,
            "That took a little too long",
            "A sign-in can be left open for a few minutes only, and this one was open for longer.",
            "Try again: a new sign-in takes a few seconds."),
        AuthentiqErrors.BrowserMismatch => new(
            StatusCodes.Status400BadRequest,
            "This sign-in began somewhere else",
            "It does not belong to this browser: it was started in another one, or the cookie that ties it to this one is gone.",
            "Start again in this browser. If this keeps happening, allow cookies for this site."),
        AuthentiqErrors.InvalidResponse => new(
            StatusCodes.Status400BadRequest,
            "There is no sign-in to complete",
            "This address only works as the last step of a sign-in, once.",
            "Start a new sign-in."),
        AuthentiqErrors.InvalidToken => new(
            StatusCodes.Status400BadRequest,
            "We could not verify this sign-in",
            "What the sign-in service sent did not pass our checks, so we did not sign you in.",
            "Try again. If this keeps happening, tell us and quote the reference."),
        AuthentiqErrors.InteractionRequired => new(
            StatusCodes.Status400BadRequest,
            "Please sign in again",
            "The sign-in service needs a word with you first, and could not ask.",
            "Try again, and follow the steps on your phone."),
        AuthentiqErrors.ProviderError => new(
            StatusCodes.Status502BadGateway,
            "The sign-in service refused our request",
            "This is not about you: most likely something is wrong with how this application is set up.",
            "Please tell us and quote the reference. Trying again later may help."),
        AuthentiqErrors.ProviderUnavailable => new(
            StatusCodes.Status503ServiceUnavailable,
            "The sign-in service does not answer",
            "We cannot reach it at the moment. Whoever is signed in stays signed in.",
            "Try again in a minute."),
        AuthentiqErrors.SessionsUnavailable => CannotRemember,
        AuthentiqErrors.SessionTooLarge => CannotStore,
        _ => new(
            StatusCodes.Status400BadRequest,
            "The sign-in did not complete",
            "Something went wrong on the way, and you are not signed in.",
            "Try again. If this keeps happening, tell us and quote the reference."),
    };

    /// <summary>Why any other request did not succeed. Asked for by hand with a status that is no error, it says that there is no such page.</summary>
    public static ProblemPage OfStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(
            status,
            "That request did not work",
            "It may come from a page that was open for too long.",
            "Go back, reload the page and try once more."),
        StatusCodes.Status403Forbidden => new(
            status,
            "This page is not for you",
            "You are signed in, but not allowed to see it.",
            "If you think that you should be, sign in as somebody else."),
        >= 500 and <= 599 => new(
            status,
            "Something went wrong on our side",
            "The page could not be made. We have logged what happened.",
            "Try again in a minute."),
        >= 401 and <= 499 and not StatusCodes.Status404NotFound => new(
            status,
            "That request did not work",
            "We understood it, but cannot answer it here.",
            "The home page is a good place to go on."),
        _ => new(
            StatusCodes.Status404NotFound,
            "There is no such page",
            "The address may be mistyped, or the page has moved.",
            "The home page is a good place to go on."),
    };

    /// <summary>Whether a text looks like a reference. Anybody can write a link to the error page, and it must not speak in our name.</summary>
    public static bool IsReference([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '-');
}
