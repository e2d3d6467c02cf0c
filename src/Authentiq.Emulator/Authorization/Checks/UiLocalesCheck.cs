namespace Authentiq.Emulator;

/// <summary>Validates ui_locales: language tags (BCP 47). The provider ignores their values.</summary>
internal static class UiLocalesCheck
{
    public static AuthorizationError? Check(AuthorizationRequest request) =>
        request.Parameters["ui_locales"] is { } tags && !tags.Split(' ').All(IsLanguageTag)
            ? AuthorizationError.InvalidRequest("ui_locales is not a list of language tags.")
            : null;

    private static bool IsLanguageTag(string tag) =>
        tag.Split('-').All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
}
