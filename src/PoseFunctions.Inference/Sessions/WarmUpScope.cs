namespace PoseFunctions.Inference.Sessions;

/// <summary>Whose memory is planned and whose kernels are chosen before the first job.</summary>
public enum WarmUpScope
{
    /// <summary>Nobody's: a start as fast as it can be, for instance of a test.</summary>
    None,

    /// <summary>The models that a job takes which names no generator.</summary>
    Default,

    /// <summary>Every installed model's: right on a GPU, where a first run records graphs or builds engines.</summary>
    All,
}
