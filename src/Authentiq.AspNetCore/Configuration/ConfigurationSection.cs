using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Authentiq.AspNetCore;

/// <summary>Reads a scheme's configuration section, and names every key whose value cannot be read.</summary>
internal sealed class ConfigurationSection(IConfiguration section)
{
    private readonly List<string> _mistakes = [];

    public IReadOnlyList<string> Mistakes => _mistakes;

    public string? Text(string key) => section[key];

    public bool? Flag(string key) => Read(key, bool.TryParse, "true or false", out bool value) ? value : null;

    public PathString? Path(string key) => Read(key, TryParsePath, "a path that starts with '/'", out PathString value) ? value : null;

    public TEnum? Choice<TEnum>(string key) where TEnum : struct, Enum =>
        Read(key, TryParseName, "one of " + string.Join(", ", Enum.GetNames<TEnum>()), out TEnum value) ? value : null;

    /// <summary>A list, or one text with spaces between the items; <see langword="null"/> when the key is not there.</summary>
    public IReadOnlyList<string>? List(string key)
    {
        var list = section.GetSection(key);
        var items = list.GetChildren().Select(item => item.Value).OfType<string>().ToList();
        return items.Count > 0 ? items : list.Value is null ? null : list.Value.SplitAtSpaces();
    }

    /// <summary>Checks the keys that the framework reads itself: it would say that a text is no time span, and not where it stands.</summary>
    public void CheckInherited(Type optionsType)
    {
        foreach (var item in section.GetChildren().Where(item => item.Value is not null))
        {
            var property = Property(optionsType, item.Key);
            switch (Nullable.GetUnderlyingType(property?.PropertyType ?? typeof(string)) ?? property?.PropertyType)
            {
                case { } type when type == typeof(bool):
                    Flag(item.Key);
                    break;
                case { } type when type == typeof(PathString):
                    Path(item.Key);
                    break;
                case { } type when type == typeof(TimeSpan):
                    Read(item.Key, TryParseTimeSpan, "a time span such as 00:15:00", out TimeSpan _);
                    break;
            }
        }
    }

    /// <summary>Sets the properties that are plain text.</summary>
    public void SetTexts(AuthentiqOptions options)
    {
        foreach (var item in section.GetChildren().Where(item => item.Value is not null))
        {
            var property = Property(options.GetType(), item.Key);
            if (property is { CanWrite: true } && property.PropertyType == typeof(string))
            {
                property.SetValue(options, item.Value);
            }
        }
    }

    private static PropertyInfo? Property(Type optionsType, string key) => optionsType.GetProperty(key, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance);

    private bool Read<T>(string key, TryParse<T> tryParse, string expected, out T value)
    {
        value = default!;
        if (section[key] is not { } text)
        {
            return false;
        }

        if (tryParse(text, out value))
        {
            return true;
        }

        var mistake = $"{key} is '{text}' in the configuration, which is not {expected}.";
        if (!_mistakes.Contains(mistake, StringComparer.Ordinal))
        {
            _mistakes.Add(mistake);
        }

        return false;
    }

    private static bool TryParsePath(string text, out PathString path)
    {
        var isPath = text.Length == 0 || text[0] == '/';
        path = isPath ? new PathString(text) : default;
        return isPath;
    }

    private static bool TryParseTimeSpan(string text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);

    // Enum.TryParse would take any number.
    private static bool TryParseName<TEnum>(string text, out TEnum value) where TEnum : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.GetNames<TEnum>().Contains(text, StringComparer.OrdinalIgnoreCase);

    private delegate bool TryParse<T>(string text, out T value);
}
