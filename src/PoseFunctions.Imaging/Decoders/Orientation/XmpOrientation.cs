using System.Globalization;
using System.Xml;

namespace PoseFunctions.Imaging.Decoders.Orientation;

/// <summary><c>tiff:Orientation</c> of an XMP packet: XMP part 2, section 8.6; RDF writes it as an attribute or as an element.</summary>
internal static class XmpOrientation
{
    private const string Property = "Orientation";
    private const string Tiff = "http://ns.adobe.com/tiff/1.0/";

    private static readonly XmlReaderSettings Untrusted = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        MaxCharactersInDocument = 1_000_000,
        XmlResolver = null,
    };

    /// <summary>1 to 8; null where the packet has none or is no well-formed XML.</summary>
    public static int? Read(byte[] packet)
    {
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(packet), Untrusted);
            while (xml.Read())
            {
                if (xml.GetAttribute(Property, Tiff) is { } attribute)
                {
                    return Parse(attribute);
                }

                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == Property && xml.NamespaceURI == Tiff)
                {
                    return Parse(xml.ReadElementContentAsString());
                }
            }
        }
        catch (XmlException)
        {
            // Metadata that nobody can read says nothing; the photo is as good without it.
        }

        return null;
    }

    private static int? Parse(string value) =>
        int.TryParse(value.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var orientation)
        && orientation is >= 1 and <= 8 ? orientation : null;
}
