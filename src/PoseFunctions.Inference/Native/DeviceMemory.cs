namespace PoseFunctions.Inference.Native;

/// <summary>Where a session's bound tensors lie, and how to copy to and from there.</summary>
internal abstract class DeviceMemory
{
    /// <summary>The device's name in the library.</summary>
    public abstract string Name { get; }

    /// <summary>Which of several devices, from 0.</summary>
    public abstract int Id { get; }

    /// <summary>Copies into a tensor. The device has it once this returns.</summary>
    public abstract void CopyIn(ReadOnlySpan<float> values, nint tensor);

    /// <summary>Copies out of a tensor that the device has finished.</summary>
    public abstract void CopyOut(nint tensor, Span<float> values);
}
