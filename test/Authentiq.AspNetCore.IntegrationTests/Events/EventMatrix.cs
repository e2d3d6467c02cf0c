namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Each event with its action, the result for the user, and the events that ran, in order. Actions that a context does not support have no row.</summary>
internal static class EventMatrix
{
    private const string Table = """
        RedirectToIdentityProvider | handled | the application's response | RedirectToIdentityProvider
        RedirectToIdentityProvider | throws | the exception | RedirectToIdentityProvider

        PushAuthorization | skip | to the provider | RedirectToIdentityProvider > PushAuthorization
        PushAuthorization | handled | to the provider with urn:said-by-the-application | RedirectToIdentityProvider > PushAuthorization
        PushAuthorization | throws | the exception | RedirectToIdentityProvider > PushAuthorization

        MessageReceived | success | signed in | RedirectToIdentityProvider > MessageReceived > TicketReceived
        MessageReceived | skip | page 404 | RedirectToIdentityProvider > MessageReceived
        MessageReceived | handled | the application's response | RedirectToIdentityProvider > MessageReceived
        MessageReceived | fail | page 403 | RedirectToIdentityProvider > MessageReceived > RemoteFailure
        MessageReceived | throws | the exception | RedirectToIdentityProvider > MessageReceived > AuthenticationFailed > RemoteFailure

        AuthorizationCodeReceived | success | signed in | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TicketReceived
        AuthorizationCodeReceived | skip | page 404 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived
        AuthorizationCodeReceived | handled | the application's response | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived
        AuthorizationCodeReceived | fail | page 403 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > RemoteFailure
        AuthorizationCodeReceived | throws | the exception | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > AuthenticationFailed > RemoteFailure

        TokenResponseReceived | success | signed in | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TicketReceived
        TokenResponseReceived | skip | page 404 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived
        TokenResponseReceived | handled | the application's response | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived
        TokenResponseReceived | fail | page 403 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > RemoteFailure
        TokenResponseReceived | throws | the exception | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > AuthenticationFailed > RemoteFailure

        TokenValidated | success | signed in | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > TicketReceived
        TokenValidated | skip | page 404 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated
        TokenValidated | handled | the application's response | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated
        TokenValidated | fail | page 403 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > RemoteFailure
        TokenValidated | throws | the exception | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > AuthenticationFailed > RemoteFailure

        UserInformationReceived | success | signed in | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > UserInformationReceived > TicketReceived
        UserInformationReceived | skip | page 404 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > UserInformationReceived
        UserInformationReceived | handled | the application's response | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > UserInformationReceived
        UserInformationReceived | fail | page 403 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > UserInformationReceived > RemoteFailure
        UserInformationReceived | throws | the exception | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > UserInformationReceived > AuthenticationFailed > RemoteFailure

        TicketReceived | success | signed in | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > UserInformationReceived > TicketReceived
        TicketReceived | skip | page 404 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > UserInformationReceived > TicketReceived
        TicketReceived | handled | the application's response | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > UserInformationReceived > TicketReceived
        TicketReceived | fail | page 403 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > UserInformationReceived > TicketReceived > RemoteFailure
        TicketReceived | throws | the exception | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > TokenValidated > UserInformationReceived > TicketReceived

        AccessDenied | skip | page 404 | RedirectToIdentityProvider > MessageReceived > AccessDenied
        AccessDenied | handled | the application's response | RedirectToIdentityProvider > MessageReceived > AccessDenied
        AccessDenied | throws | the exception | RedirectToIdentityProvider > MessageReceived > AccessDenied > AuthenticationFailed > RemoteFailure

        AuthenticationFailed | success | signed in, home | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > AuthenticationFailed > TicketReceived
        AuthenticationFailed | skip | page 404 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > AuthenticationFailed
        AuthenticationFailed | handled | the application's response | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > AuthenticationFailed
        AuthenticationFailed | fail | page 403 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > AuthenticationFailed > RemoteFailure
        AuthenticationFailed | throws | the exception | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > AuthenticationFailed > RemoteFailure

        RemoteFailure | skip | page 404 | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > AuthenticationFailed > RemoteFailure
        RemoteFailure | handled | the application's response | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > AuthenticationFailed > RemoteFailure
        RemoteFailure | throws | the exception | RedirectToIdentityProvider > MessageReceived > AuthorizationCodeReceived > TokenResponseReceived > AuthenticationFailed > RemoteFailure

        RedirectToIdentityProviderForSignOut | handled | the application's response | RedirectToIdentityProviderForSignOut
        RedirectToIdentityProviderForSignOut | throws | the exception | RedirectToIdentityProviderForSignOut

        SignedOutCallbackRedirect | success | signed out, home | RedirectToIdentityProviderForSignOut > SignedOutCallbackRedirect
        SignedOutCallbackRedirect | skip | page 404 | RedirectToIdentityProviderForSignOut > SignedOutCallbackRedirect
        SignedOutCallbackRedirect | handled | the application's response | RedirectToIdentityProviderForSignOut > SignedOutCallbackRedirect
        SignedOutCallbackRedirect | fail | the exception | RedirectToIdentityProviderForSignOut > SignedOutCallbackRedirect
        SignedOutCallbackRedirect | throws | the exception | RedirectToIdentityProviderForSignOut > SignedOutCallbackRedirect

        RemoteSignOut | success | page 404 | RemoteSignOut
        RemoteSignOut | skip | page 404 | RemoteSignOut
        RemoteSignOut | handled | the application's response | RemoteSignOut
        RemoteSignOut | fail | page 404 | RemoteSignOut
        RemoteSignOut | throws | the exception | RemoteSignOut

        BackChannelLogout | throws | page 503 | BackChannelLogout
        """;

    public static readonly IReadOnlyList<Row> Rows =
    [
        .. Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => new Row(cells[0], cells[1], cells[2], cells[3])),
    ];

    internal sealed record Row(string Hook, string Outcome, string End, string Ran);
}
