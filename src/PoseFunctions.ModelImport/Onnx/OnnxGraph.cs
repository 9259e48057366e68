using Google.Protobuf;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Onnx;

/// <summary>A graph that grows node by node; batches may have any size.</summary>
internal sealed class OnnxGraph(string name)
{
    /// <summary>The set of operators that nodes are taken from.</summary>
    public const int Opset = 14;

    /// <summary>Name of the first axis of inputs and outputs.</summary>
    public const string Batch = "batch";

    private const int IrVersion = 7;

    private readonly GraphProto graph = new() { Name = name };
    private int values;

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">One of ONNX's operators.</param>
    /// <param name="inputs">Names of values; empty for one that is left out.</param>
    /// <param name="attributes">Its parameters.</param>
    /// <returns>The name of what it gives.</returns>
    public string Add(string operation, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes)
    {
        var output = NewName();
        graph.Node.Add(new NodeProto { Name = output, OpType = operation, Input = { inputs }, Output = { output }, Attribute = { attributes } });
        return output;
    }

    /// <summary>Adds a constant; 16-bit floats stay 16-bit in the file and are widened when the model is loaded.</summary>
    /// <returns>The name of a value of 32-bit floats or integers.</returns>
    public string Add(ConstantTensor tensor)
    {
        var type = tensor.Type switch
        {
            TfliteType.Float16 => TensorProto.Types.DataType.Float16,
            TfliteType.Int32 => TensorProto.Types.DataType.Int32,
            _ => TensorProto.Types.DataType.Float,
        };
        var stored = Store(type, tensor.Shape, tensor.Bytes);
        return type == TensorProto.Types.DataType.Float16
            ? Add("Cast", [stored], OnnxAttribute.Number("to", (long)TensorProto.Types.DataType.Float))
            : stored;
    }

    /// <summary>Adds a constant vector of 64-bit integers, which ONNX wants for sizes and places.</summary>
    public string Add(params IReadOnlyList<long> sizes) => Store(TensorProto.Types.DataType.Int64, [sizes.Count], ConstantTensor.ToBytes<long>([.. sizes]));

    /// <summary>Adds an input of 32-bit floats.</summary>
    /// <param name="input">Its name.</param>
    /// <param name="shape">Sizes of one item, without the batch.</param>
    public void AddInput(string input, IReadOnlyList<int> shape) => graph.Input.Add(Describe(input, shape));

    /// <summary>Makes a value an output.</summary>
    /// <param name="value">What a node gives.</param>
    /// <param name="output">The output's name.</param>
    /// <param name="shape">Sizes of one item, without the batch.</param>
    public void AddOutput(string value, string output, IReadOnlyList<int> shape)
    {
        graph.Node.Add(new NodeProto { Name = output, OpType = "Identity", Input = { value }, Output = { output } });
        graph.Output.Add(Describe(output, shape));
    }

    /// <summary>The model as a file; the same graph gives the same bytes.</summary>
    public byte[] ToBytes() => new ModelProto
    {
        IrVersion = IrVersion,
        ProducerName = "posefunctions",
        Graph = graph,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
    }.ToByteArray();

    private static ValueInfoProto Describe(string name, IReadOnlyList<int> shape) => new()
    {
        Name = name,
        Type = new()
        {
            TensorType = new()
            {
                ElemType = TensorProto.Types.DataType.Float,
                Shape = new() { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Batch }, shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }) } },
            },
        },
    };

    private string Store(TensorProto.Types.DataType type, IReadOnlyList<int> shape, ReadOnlyMemory<byte> bytes)
    {
        var tensor = new TensorProto { Name = NewName(), DataType = type, RawData = ByteString.CopyFrom(bytes.Span) };
        tensor.Dims.AddRange(shape.Select(size => (long)size));
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string NewName() => $"v{values++}";
}
