using System.Text.Json;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A JSON object as the text of its members, which may occur twice and need not be JSON.</summary>
internal sealed class JsonText
{
    private readonly List<(string Name, string Value)> _members = [];

    public JsonText Set(string name, string value)
    {
        Remove(name);
        _members.Add((name, value));
        return this;
    }

    public JsonText SetText(string name, string value) => Set(name, JsonSerializer.Serialize(value));

    public JsonText Remove(string name)
    {
        _members.RemoveAll(member => member.Name == name);
        return this;
    }

    public void Repeat(string name, string value, bool before) => _members.Insert(before ? 0 : _members.Count, (name, value));

    public void Rename(string name, string newName)
    {
        for (var index = 0; index < _members.Count; index++)
        {
            _members[index] = _members[index].Name == name ? (newName, _members[index].Value) : _members[index];
        }
    }

    public override string ToString() => "{" + string.Join(',', _members.Select(member => $"\"{member.Name}\":{member.Value}")) + "}";
}
