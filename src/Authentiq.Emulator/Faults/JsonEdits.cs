using System.Text.Json;
using System.Text.Json.Nodes;

namespace Authentiq.Emulator;

/// <summary>Applies edits to JSON.</summary>
internal static class JsonEdits
{
    /// <returns>The edited body, or the body itself if there is no edit.</returns>
    public static IDictionary<string, object> Apply(Action<JsonObject>? edit, Dictionary<string, object> body)
    {
        if (edit is null)
        {
            return body;
        }

        var json = JsonSerializer.SerializeToNode(body)!.AsObject();
        edit(json);
        return json.ToDictionary(member => member.Key, member => (object)member.Value!, StringComparer.Ordinal);
    }
}
