namespace PoseFunctions.ModelImport.Tflite;

/// <summary>
/// Reads the graph of a <c>.tflite</c> file: a flatbuffer whose schema is <c>schema.fbs</c> of TensorFlow Lite. The numbers here
/// are those of its fields.
/// </summary>
internal static class TfliteReader
{
    /// <param name="bytes">The file; what follows the flatbuffer does not matter.</param>
    /// <exception cref="ModelImportException">This is no such file, it is damaged, or it has several graphs.</exception>
    public static TfliteModel Read(byte[] bytes)
    {
        try
        {
            var model = FlatTable.Root(bytes);
            return model.Tables(2) is [var graph]
                ? Graph(model, graph)
                : throw new ModelImportException("The file is no TensorFlow Lite model with one graph.");
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new ModelImportException("The file is no TensorFlow Lite model, or it is damaged.", exception);
        }
    }

    private static TfliteModel Graph(FlatTable model, FlatTable graph)
    {
        var codes = model.Tables(1);
        var buffers = model.Tables(4);
        var read = new TfliteModel(
            [.. graph.Tables(0).Select(tensor => Tensor(tensor, buffers))],
            [.. graph.Tables(3).Select(step => Operator(step, codes))],
            graph.Numbers<int>(1),
            graph.Numbers<int>(2));

        var used = read.Operators.SelectMany(step => step.Inputs.Where(index => index != -1).Concat(step.Outputs)).Concat(read.Inputs).Concat(read.Outputs);
        return used.All(index => index >= 0 && index < read.Tensors.Count)
            ? read
            : throw new ModelImportException("The file is damaged: its graph uses tensors that it does not have.");
    }

    private static TfliteTensor Tensor(FlatTable tensor, FlatTable[] buffers)
    {
        var name = tensor.Text(3);
        var type = (TfliteType)tensor.Byte(1);
        var shape = tensor.Numbers<int>(0);
        if (shape.Any(size => size < 0))
        {
            throw new ModelImportException($"The tensor '{name}' has a size below 0.");
        }

        var data = buffers[tensor.Number(2)].Numbers<byte>(0);
        return new(name, type, shape, data.Length == 0 ? null : Constant(name, type, shape, data, tensor.Table(6)));
    }

    private static ConstantTensor Constant(string name, TfliteType type, int[] shape, byte[] data, FlatTable? sparsity)
    {
        if (!Enum.IsDefined(type))
        {
            throw new ModelImportException($"The tensor '{name}' has numbers of type {type}; float32, float16 and int32 are read.");
        }

        var values = sparsity is null ? data : new SparseTensor(sparsity, shape).Densify(data, ConstantTensor.SizeOf(type));
        return ConstantTensor.Of(type, shape, values) ?? throw new ModelImportException(
            $"The tensor '{name}' has {values.Length} bytes, which is not what its shape [{string.Join(", ", shape)}] needs.");
    }

    private static TfliteOperator Operator(FlatTable step, FlatTable[] codes)
    {
        var code = codes[step.Number(0)];

        // The byte is what older files have, and as much of the number as fits into it.
        var builtin = Math.Max(code.Byte(0), code.Number(3));
        return new((BuiltinOperator)builtin, code.Text(1), step.Numbers<int>(1), step.Numbers<int>(2), step.Table(4));
    }
}
