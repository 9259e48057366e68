namespace PoseFunctions.Inference.Providers;

/// <summary>By how much the GPU memory of a session grows when it is full.</summary>
public enum ArenaGrowth
{
    /// <summary>By what is asked for.</summary>
    SameAsRequested,

    /// <summary>To the next power of two, which takes more memory and asks the driver less often.</summary>
    NextPowerOfTwo,
}
