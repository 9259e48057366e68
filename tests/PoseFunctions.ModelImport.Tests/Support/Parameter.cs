using Google.FlatBuffers;

namespace PoseFunctions.ModelImport.Tests.Support;

/// <summary>A field of an operator's options.</summary>
/// <param name="Field">Its number in the schema.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsByte">Whether it is an enumeration or a flag, not a number.</param>
internal sealed record Parameter(int Field, int Value, bool IsByte)
{
    public static Parameter Byte(int field, int value) => new(field, value, true);

    public static Parameter Number(int field, int value) => new(field, value, false);

    public void Write(FlatBufferBuilder builder)
    {
        // A value that no schema has as default, so that the field is always there.
        if (IsByte)
        {
            builder.AddByte(Field, (byte)Value, byte.MaxValue);
        }
        else
        {
            builder.AddInt(Field, Value, int.MinValue);
        }
    }
}
