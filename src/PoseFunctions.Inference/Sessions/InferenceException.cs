using Microsoft.ML.OnnxRuntime;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Inference.Sessions;

/// <summary>ONNX Runtime could not load or run a graph; the message is the library's own.</summary>
public sealed class InferenceException : PoseFunctionsException
{
    /// <summary>Of an execution provider. The managed library has another name for this number of the C API.</summary>
    internal const string ProviderFailure = "ShapeInferenceNotRegistered";

    private const string Prefix = "[ErrorCode:";

    internal InferenceException(OnnxRuntimeException cause)
        : base($"ONNX Runtime: {cause.Message}", cause)
    {
        // The library keeps its code to itself, but for the first word of the message.
        var end = cause.Message.IndexOf(']', StringComparison.Ordinal);
        (Code, NativeMessage) = cause.Message.StartsWith(Prefix, StringComparison.Ordinal) && end > 0
            ? (cause.Message[Prefix.Length..end], cause.Message[(end + 1)..].Trim())
            : (string.Empty, cause.Message);
    }

    /// <summary>What kind of failure it is, in the library's words, such as <c>InvalidArgument</c> or <c>NoSuchFile</c>.</summary>
    public string Code { get; }

    /// <summary>What the library said, without the code.</summary>
    public string NativeMessage { get; }

    /// <summary>Failures while running may pass (memory, a device); wrong graphs and arguments never do.</summary>
    public override bool IsTransient => Code is "Fail" or "EngineError" or "RuntimeException" or ProviderFailure;
}
