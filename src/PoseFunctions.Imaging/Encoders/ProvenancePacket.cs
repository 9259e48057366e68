using System.Text;
using System.Xml.Linq;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Encoders;

/// <summary>
/// The XMP packet that marks a generated image: IPTC Photo Metadata's <c>DigitalSourceType</c> says that a trained model made
/// it, <c>AISystemUsed</c> and <c>AISystemVersionUsed</c> say which.
/// </summary>
internal static class ProvenancePacket
{
    /// <summary>The IPTC term for media made by a trained model.</summary>
    public const string TrainedAlgorithmicMedia = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    // XMP part 1, section 7.3.2: the packet wrapper; the id is a constant of the standard.
    private const string Header = "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n";
    private const string Trailer = "\n<?xpacket end=\"r\"?>";

    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static readonly XNamespace Xmp = "http://ns.adobe.com/xap/1.0/";

    public static byte[] Write(Provenance provenance)
    {
        var packet = new XElement(
            Meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", Meta),
            new XElement(
                Rdf + "RDF",
                new XAttribute(XNamespace.Xmlns + "rdf", Rdf),
                new XElement(
                    Rdf + "Description",
                    new XAttribute(Rdf + "about", ""),
                    new XAttribute(XNamespace.Xmlns + "Iptc4xmpExt", Iptc),
                    new XAttribute(XNamespace.Xmlns + "xmp", Xmp),
                    new XElement(Iptc + "DigitalSourceType", TrainedAlgorithmicMedia),
                    new XElement(Iptc + "AISystemUsed", provenance.ModelName),
                    new XElement(Iptc + "AISystemVersionUsed", provenance.ModelVersion),
                    new XElement(Xmp + "CreatorTool", $"PoseFunctions {provenance.ModelName} {provenance.ModelVersion}"))));
        return Encoding.UTF8.GetBytes(Header + packet.ToString(SaveOptions.DisableFormatting) + Trailer);
    }
}
