namespace PoseFunctions.Inference.Native;

/// <summary>A counted reference to a native object while a call uses it.</summary>
internal readonly ref struct OrtLease
{
    private readonly OrtHandle owner;

    public OrtLease(OrtHandle owner)
    {
        var added = false;
        owner.DangerousAddRef(ref added);
        this.owner = owner;
        Pointer = owner.DangerousGetHandle();
    }

    public nint Pointer { get; }

    public void Dispose() => owner.DangerousRelease();
}
