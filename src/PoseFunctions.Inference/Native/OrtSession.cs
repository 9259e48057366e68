using PoseFunctions.Inference.Tensors;

namespace PoseFunctions.Inference.Native;

/// <summary>A loaded graph.</summary>
internal sealed unsafe class OrtSession : OrtHandle
{
    private OrtSession(nint created)
        : base(OrtEntry.ReleaseSession, created)
    {
    }

    /// <exception cref="OrtException">The file is missing or not a graph this library can run.</exception>
    public static OrtSession FromFile(string path, OrtSessionOptions options)
    {
        var pinned = OrtApi.PinnedUtf8(path);
        using var environment = OrtEnvironment.Shared.Lease();
        using var settings = options.Lease();
        nint created;
        OrtApi.Check(((delegate* unmanaged<nint, byte*, nint, nint*, nint>)OrtApi.Entry(OrtEntry.CreateSession))(
            environment.Pointer, OrtApi.AddressOf(pinned), settings.Pointer, &created));
        GC.KeepAlive(pinned);
        return new OrtSession(created);
    }

    /// <exception cref="OrtException">The bytes are not a graph this library can run.</exception>
    public static OrtSession FromBytes(ReadOnlySpan<byte> graph, OrtSessionOptions options)
    {
        using var environment = OrtEnvironment.Shared.Lease();
        using var settings = options.Lease();
        nint created;
        fixed (byte* bytes = graph)
        {
            OrtApi.Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)OrtApi.Entry(OrtEntry.CreateSessionFromArray))(
                environment.Pointer, bytes, (nuint)graph.Length, settings.Pointer, &created));
        }

        return new OrtSession(created);
    }

    public IReadOnlyList<TensorInfo> ReadInputs() =>
        ReadTensors(OrtEntry.SessionGetInputCount, OrtEntry.SessionGetInputName, OrtEntry.SessionGetInputTypeInfo);

    public IReadOnlyList<TensorInfo> ReadOutputs() =>
        ReadTensors(OrtEntry.SessionGetOutputCount, OrtEntry.SessionGetOutputName, OrtEntry.SessionGetOutputTypeInfo);

    /// <summary>Runs the graph from the inputs' memory into the outputs' memory; may be called from many threads.</summary>
    /// <param name="options">Through these the run can be stopped.</param>
    /// <param name="inputNames">Zero-terminated names on the pinned heap, in the order of <paramref name="inputs"/>.</param>
    /// <param name="inputs">Values for every input.</param>
    /// <param name="outputNames">Names of the outputs that are wanted.</param>
    /// <param name="outputs">Preallocated values of exactly the shapes the run gives.</param>
    /// <exception cref="OrtException">The run failed or was stopped.</exception>
    public void Run(
        OrtRunOptions options, IReadOnlyList<byte[]> inputNames, IReadOnlyList<OrtValue> inputs, IReadOnlyList<byte[]> outputNames, IReadOnlyList<OrtValue> outputs)
    {
        using var session = Lease();
        using var run = options.Lease();
        var pointers = stackalloc nint[2 * (inputs.Count + outputs.Count)];
        var inName = pointers;
        var inValue = inName + inputs.Count;
        var outName = inValue + inputs.Count;
        var outValue = outName + outputs.Count;
        Fill(inputNames, inputs, inName, inValue);
        Fill(outputNames, outputs, outName, outValue);
        OrtApi.Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)OrtApi.Entry(OrtEntry.Run))(
            session.Pointer, run.Pointer, inName, inValue, (nuint)inputs.Count, outName, (nuint)outputs.Count, outValue));
        GC.KeepAlive(inputNames);
        GC.KeepAlive(outputNames);
    }

    /// <summary>Runs the graph on what is bound. The binding belongs to this session.</summary>
    /// <exception cref="OrtException">The run failed or was stopped.</exception>
    public void Run(OrtRunOptions options, OrtIoBinding binding)
    {
        using var session = Lease();
        using var run = options.Lease();
        using var bound = binding.Lease();
        OrtApi.Check(((delegate* unmanaged<nint, nint, nint, nint>)OrtApi.Entry(OrtEntry.RunWithBinding))(session.Pointer, run.Pointer, bound.Pointer));
    }

    // The caller owns the values and disposes them after the run, so their raw pointers hold for the length of the call.
    private static void Fill(IReadOnlyList<byte[]> names, IReadOnlyList<OrtValue> values, nint* name, nint* value)
    {
        for (var i = 0; i < values.Count; i++)
        {
            name[i] = (nint)OrtApi.AddressOf(names[i]);
            value[i] = values[i].DangerousGetHandle();
        }
    }

    private TensorInfo[] ReadTensors(OrtEntry countEntry, OrtEntry nameEntry, OrtEntry typeEntry)
    {
        using var session = Lease();
        nuint count;
        OrtApi.Check(((delegate* unmanaged<nint, nuint*, nint>)OrtApi.Entry(countEntry))(session.Pointer, &count));
        var tensors = new TensorInfo[count];
        for (nuint i = 0; i < count; i++)
        {
            nint name, type;
            OrtApi.Check(((delegate* unmanaged<nint, nuint, nint, nint*, nint>)OrtApi.Entry(nameEntry))(
                session.Pointer, i, OrtApi.Allocator, &name));
            OrtApi.Check(((delegate* unmanaged<nint, nuint, nint*, nint>)OrtApi.Entry(typeEntry))(session.Pointer, i, &type));
            using var info = new OrtTypeInfo(type);
            var tensor = info.ReadTensor();
            tensors[i] = new TensorInfo(OrtApi.TakeString(name), tensor?.Type ?? TensorElementType.Undefined, tensor?.Axes ?? []);
        }

        return tensors;
    }
}
