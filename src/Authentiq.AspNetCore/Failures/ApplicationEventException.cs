namespace Authentiq.AspNetCore;

/// <summary>An event handler of the application threw an exception. It is an error in the application, and is not hidden behind an error page of this package.</summary>
internal sealed class ApplicationEventException(string name, Exception cause) : Exception(
    $"The application's '{name}' event threw an exception. To refuse a sign-in, call context.Fail(…) instead.", cause);
