using System.Runtime.CompilerServices;
using System.Text;

namespace Authentiq.Emulator;

/// <summary>Encodes every inserted text of an interpolated string.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlInterpolation
{
    private readonly StringBuilder _markup;

    public HtmlInterpolation(int literalLength, int formattedCount) => _markup = new(literalLength + (formattedCount * 32));

    public void AppendLiteral(string markup) => _markup.Append(markup);

    public void AppendFormatted(Html? markup) => _markup.Append(markup);

    public void AppendFormatted(string? text) => _markup.Append(Html.Encode(text));

    public string ToMarkup() => _markup.ToString();
}
