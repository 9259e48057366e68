using Google.Protobuf;

namespace PoseFunctions.ModelImport.Onnx;

/// <summary>Makes attributes of nodes.</summary>
internal static class OnnxAttribute
{
    public static AttributeProto Number(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Numbers(string name, params IReadOnlyList<int> values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values.Select(value => (long)value) } };
}
