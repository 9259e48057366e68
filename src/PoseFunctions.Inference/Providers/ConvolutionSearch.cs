namespace PoseFunctions.Inference.Providers;

/// <summary>How cuDNN finds the algorithm of a convolution the first time that a shape comes.</summary>
public enum ConvolutionSearch
{
    /// <summary>By rule of thumb, at once.</summary>
    Heuristic,

    /// <summary>By trying all, which takes seconds a shape: for fixed batch sizes, which are warmed up at start.</summary>
    Exhaustive,

    /// <summary>Always the same one.</summary>
    Default,
}
