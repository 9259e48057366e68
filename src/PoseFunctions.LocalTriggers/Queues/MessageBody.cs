using System.Text;
using PoseFunctions.LocalTriggers.Configuration;

namespace PoseFunctions.LocalTriggers.Queues;

/// <summary>Decodes message bodies.</summary>
internal static class MessageBody
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The content of a message as it lies in the queue; null where it is not encoded as it should be.</summary>
    public static BinaryData? Decode(BinaryData raw, MessageEncoding encoding)
    {
        if (encoding == MessageEncoding.None)
        {
            return raw;
        }

        try
        {
            var content = Convert.FromBase64String(StrictUtf8.GetString(raw));
            return BinaryData.FromBytes(content);
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
