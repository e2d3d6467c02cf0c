using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Authentiq.AspNetCore;

/// <summary>Reads a configuration section, and names every key whose value cannot be read.</summary>
/// <param name="section">The section.</param>
/// <param name="path">The path of the section in that of the scheme, such as <c>Sessions</c>; empty for the section of the scheme itself.</param>
internal sealed class ConfigurationSection(IConfiguration section, string path = "")
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors => _errors;

    /// <summary>The section of an application-wide part of the package: always that below <c>Authentication:Schemes:Authentiq</c>, whatever the names of the schemes.</summary>
    /// <param name="configuration">The configuration of the application.</param>
    /// <param name="name">The name of the section, such as <c>Sessions</c>.</param>
    public static ConfigurationSection OfApplication(IConfiguration configuration, string name) =>
        new(configuration.GetSection($"Authentication:Schemes:{AuthentiqDefaults.AuthenticationScheme}:{name}"), name);

    public string? Text(string key) => section[key];

    public bool? Flag(string key) => Read(key, bool.TryParse, "true or false", out bool value) ? value : null;

    public int? Number(string key) => Read(key, TryParseNumber, "a whole number", out int value) ? value : null;

    public TimeSpan? Duration(string key) => Read(key, TryParseTimeSpan, "a time span such as 00:15:00", out TimeSpan value) ? value : null;

    public PathString? Path(string key) => Read(key, TryParsePath, "a path that starts with '/'", out PathString value) ? value : null;

    public TEnum? Choice<TEnum>(string key) where TEnum : struct, Enum =>
        Read(key, TryParseName, "one of " + string.Join(", ", Enum.GetNames<TEnum>()), out TEnum value) ? value : null;

    /// <summary>Whether a key is there without a value: <c>null</c> or an empty text.</summary>
    public bool IsNull(string key) => section.GetChildren().Any(item => item.Key.Equals(key, StringComparison.OrdinalIgnoreCase) && string.IsNullOrEmpty(item.Value) && !item.GetChildren().Any());

    /// <summary>A list, or one text with spaces between the items; <see langword="null"/> when the key is not there.</summary>
    public IReadOnlyList<string>? List(string key)
    {
        var list = section.GetSection(key);
        var items = list.GetChildren().Select(item => item.Value).OfType<string>().ToList();
        return items.Count > 0 ? items : list.Value?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
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
                    Duration(item.Key);
                    break;
            }
        }
    }

    /// <summary>Reports everything in the section that is not the value of one of these keys. The values are not repeated, as what they mean is unknown.</summary>
    public void CheckKeys(params string[] keys)
    {
        var known = string.Join(", ", keys);
        if (section is IConfigurationSection { Value.Length: > 0 })
        {
            _errors.Add($"{path} is a value in the configuration, and not a section: set {path}:<option>, where <option> is one of {known}.");
        }

        foreach (var item in section.GetChildren())
        {
            if (!keys.Contains(item.Key, StringComparer.OrdinalIgnoreCase))
            {
                _errors.Add($"{NameOf(item.Key)} is in the configuration, and there is no such option: use one of {known}.");
            }
            else if (item.GetChildren().Any())
            {
                _errors.Add($"{NameOf(item.Key)} is a section in the configuration, and not a value.");
            }
        }
    }

    /// <summary>Sets the properties that are plain text.</summary>
    public void SetTexts(object options)
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

    private string NameOf(string key) => path.Length == 0 ? key : $"{path}:{key}";

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

        var error = $"{NameOf(key)} is '{text}' in the configuration, which is not {expected}.";
        if (!_errors.Contains(error, StringComparer.Ordinal))
        {
            _errors.Add(error);
        }

        return false;
    }

    private static bool TryParseNumber(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

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
