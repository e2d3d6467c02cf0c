using System.Globalization;

namespace Authentiq.Emulator;

/// <summary>The first letter of a persona's name, in a circle.</summary>
internal static class Avatar
{
    public static Html Of(Persona persona) => Html.Of($"""<span class="avatar" aria-hidden="true">{StringInfo.GetNextTextElement(persona.Name)}</span>""");
}
