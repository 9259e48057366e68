using System.Text;
using Google.Protobuf;

namespace PoseFunctions.EndToEnd.Tests.Telemetry;

/// <summary>A protobuf message by field numbers, for messages whose generated classes are in no package.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, object Value)> values = [];

    private ProtobufMessage(CodedInputStream input)
    {
        while (input.ReadTag() is var tag and not 0)
        {
            values.Add((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidDataException($"A wire type {other} is not expected."),
            }));
        }
    }

    public static ProtobufMessage Parse(byte[] bytes)
    {
        using var input = new CodedInputStream(bytes);
        return new(input);
    }

    public IEnumerable<ProtobufMessage> Messages(int field) => All<byte[]>(field).Select(Parse);

    public string Hex(int field) => Convert.ToHexStringLower(All<byte[]>(field).SingleOrDefault([]));

    public string Text(int field) => Encoding.UTF8.GetString(All<byte[]>(field).SingleOrDefault([]));

    public ulong Fixed64(int field) => All<ulong>(field).SingleOrDefault();

    public double Double(int field) => BitConverter.UInt64BitsToDouble(Fixed64(field));

    private IEnumerable<T> All<T>(int field) => values.Where(value => value.Field == field).Select(value => (T)value.Value);
}
