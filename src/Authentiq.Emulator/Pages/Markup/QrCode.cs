using QRCoder;

namespace Authentiq.Emulator;

/// <summary>Draws a QR code as SVG. It is dark on white in every color scheme, so that cameras can read it.</summary>
internal static class QrCode
{
    public static Html Draw(string content)
    {
        using var data = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        var svg = code.GetGraphic(1, "#0b1f33", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
        return new(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..]);
    }
}
