namespace Authentiq.AspNetCore;

/// <summary>An event handler of the application threw: its own mistake, which no page of ours may hide.</summary>
internal sealed class ApplicationEventException(string name, Exception cause) : Exception(
    $"The application's '{name}' event threw an exception. To refuse a sign-in, call context.Fail(…) instead.", cause);
