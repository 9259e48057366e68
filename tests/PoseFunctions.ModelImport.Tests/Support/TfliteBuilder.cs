using System.Runtime.InteropServices;
using Google.FlatBuffers;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Tests.Support;

/// <summary>Writes small TensorFlow Lite models by hand, field by field of its schema.</summary>
internal sealed class TfliteBuilder
{
    private const string ConstantName = "constant";

    private readonly FlatBufferBuilder builder = new(256);
    private readonly List<(string Name, int Type, int[] Shape, int Buffer, int Sparsity)> tensors = [];
    private readonly List<byte[]> buffers = [[]];
    private readonly List<(int Code, string Custom)> codes = [];
    private readonly List<int> steps = [];

    /// <summary>Adds a tensor that is computed, or the input.</summary>
    public int Tensor(string name, params int[] shape) => Add(name, TfliteType.Float32, shape, []);

    public int Constant(int[] shape, params float[] values) => Add(ConstantName, TfliteType.Float32, shape, Bytes(values));

    public int Halves(int[] shape, params float[] values) => Add(ConstantName, TfliteType.Float16, shape, Bytes([.. values.Select(value => (Half)value)]));

    public int Integers(int[] shape, params int[] values) => Add(ConstantName, TfliteType.Int32, shape, Bytes(values));

    /// <summary>Adds a constant of any type, sparse where a layout is given.</summary>
    public int Raw(TfliteType type, int[] shape, byte[] bytes, int sparsity = 0) => Add(ConstantName, type, shape, bytes, sparsity);

    /// <summary>Adds the layout of a sparse constant.</summary>
    /// <param name="order">In which order dimensions are walked.</param>
    /// <param name="blocks">The axes that are cut into blocks.</param>
    /// <param name="dimensions">Size where all places are there, or segments and indices.</param>
    public int Sparsity(int[] order, int[] blocks, params (int Size, int[]? Segments, int[]? Indices)[] dimensions)
    {
        var levels = TableVector([.. dimensions.Select(Dimension)]);
        return Table((0, Vector(order)), (1, Vector(blocks)), (2, levels));
    }

    /// <summary>Adds a step.</summary>
    /// <param name="code">What it does.</param>
    /// <param name="inputs">Tensors.</param>
    /// <param name="outputs">Tensors.</param>
    /// <param name="options">Its parameters.</param>
    public void Operator(BuiltinOperator code, int[] inputs, int[] outputs, params Parameter[] options) =>
        Step((int)code, "", inputs, outputs, options);

    /// <summary>Adds a step that its author knows.</summary>
    public void Custom(string name, int[] inputs, int[] outputs) => Step((int)BuiltinOperator.Custom, name, inputs, outputs, []);

    public byte[] Build(int[] inputs, int[] outputs)
    {
        var graph = Table(
            (0, TableVector([.. tensors.Select(WriteTensor)])), (1, Vector(inputs)), (2, Vector(outputs)), (3, TableVector([.. steps])));
        var operators = TableVector([.. codes.Select(WriteCode)]);
        var data = TableVector([.. buffers.Select(bytes => bytes.Length == 0 ? Table() : Table((0, Vector(bytes))))]);
        builder.Finish(Table((1, operators), (2, TableVector([graph])), (4, data)), "TFL3");
        return builder.SizedByteArray();
    }

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    private int Add(string name, TfliteType type, int[] shape, byte[] bytes, int sparsity = 0)
    {
        if (bytes.Length > 0)
        {
            buffers.Add(bytes);
        }

        tensors.Add((name, (int)type, shape, bytes.Length > 0 ? buffers.Count - 1 : 0, sparsity));
        return tensors.Count - 1;
    }

    private void Step(int code, string custom, int[] inputs, int[] outputs, Parameter[] options)
    {
        codes.Add((code, custom));
        var (read, written) = (Vector(inputs), Vector(outputs));
        var table = WriteOptions(options);
        builder.StartTable(5);
        builder.AddInt(0, codes.Count - 1, 0);
        builder.AddOffset(1, read, 0);
        builder.AddOffset(2, written, 0);
        builder.AddOffset(4, table, 0);
        steps.Add(builder.EndTable());
    }

    private int WriteOptions(Parameter[] options)
    {
        builder.StartTable(8);
        foreach (var option in options)
        {
            option.Write(builder);
        }

        return builder.EndTable();
    }

    private int WriteTensor((string Name, int Type, int[] Shape, int Buffer, int Sparsity) tensor)
    {
        var (name, shape) = (builder.CreateString(tensor.Name).Value, Vector(tensor.Shape));
        builder.StartTable(7);
        builder.AddOffset(0, shape, 0);
        builder.AddByte(1, (byte)tensor.Type, 0);
        builder.AddInt(2, tensor.Buffer, 0);
        builder.AddOffset(3, name, 0);
        builder.AddOffset(6, tensor.Sparsity, 0);
        return builder.EndTable();
    }

    private int WriteCode((int Code, string Custom) code)
    {
        var name = builder.CreateString(code.Custom).Value;
        builder.StartTable(4);
        builder.AddByte(0, (byte)Math.Min(code.Code, 127), 0);
        builder.AddOffset(1, name, 0);
        builder.AddInt(3, code.Code, 0);
        return builder.EndTable();
    }

    private int Dimension((int Size, int[]? Segments, int[]? Indices) dimension)
    {
        const byte Compressed = 1;
        const byte Integers = 1;
        const byte Bytes = 3;
        var isCompressed = dimension.Segments is not null;
        var segments = isCompressed ? Table((0, Vector(dimension.Segments!))) : 0;
        var indices = isCompressed ? Table((0, Vector([.. dimension.Indices!.Select(index => (byte)index)]))) : 0;
        builder.StartTable(6);
        builder.AddByte(0, isCompressed ? Compressed : (byte)0, 0);
        builder.AddInt(1, dimension.Size, 0);
        builder.AddByte(2, isCompressed ? Integers : (byte)0, 0);
        builder.AddOffset(3, segments, 0);
        builder.AddByte(4, isCompressed ? Bytes : (byte)0, 0);
        builder.AddOffset(5, indices, 0);
        return builder.EndTable();
    }

    private int Table(params (int Field, int Offset)[] fields)
    {
        builder.StartTable(8);
        foreach (var (field, offset) in fields)
        {
            builder.AddOffset(field, offset, 0);
        }

        return builder.EndTable();
    }

    private int TableVector(int[] offsets)
    {
        builder.StartVector(4, offsets.Length, 4);
        foreach (var offset in offsets.Reverse())
        {
            builder.AddOffset(offset);
        }

        return builder.EndVector().Value;
    }

    private int Vector<T>(T[] values)
        where T : unmanaged
    {
        var bytes = Bytes(values);
        builder.StartVector(Marshal.SizeOf<T>(), values.Length, 4);
        foreach (var value in bytes.Reverse())
        {
            builder.PutByte(value);
        }

        return builder.EndVector().Value;
    }
}
