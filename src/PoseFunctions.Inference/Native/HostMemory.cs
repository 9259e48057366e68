namespace PoseFunctions.Inference.Native;

/// <summary>The memory that the processor works on.</summary>
internal sealed unsafe class HostMemory : DeviceMemory
{
    public override string Name => "Cpu";

    public override int Id => 0;

    public override void CopyIn(ReadOnlySpan<float> values, nint tensor) => values.CopyTo(new Span<float>((void*)tensor, values.Length));

    public override void CopyOut(nint tensor, Span<float> values) => new ReadOnlySpan<float>((void*)tensor, values.Length).CopyTo(values);
}
