using PoseFunctions.Core.Failures;

namespace PoseFunctions.Inference.Native;

/// <summary>A call into ONNX Runtime failed; the message is the library's own.</summary>
public sealed class OrtException(OrtErrorCode code, string nativeMessage)
    : PoseFunctionsException($"ONNX Runtime: {nativeMessage} ({code})")
{
    public OrtErrorCode Code { get; } = code;

    /// <summary>What the library said, unchanged.</summary>
    public string NativeMessage { get; } = nativeMessage;

    /// <summary>Failures while running may pass (memory, a device); wrong graphs and arguments never do.</summary>
    public override bool IsTransient =>
        Code is OrtErrorCode.Fail or OrtErrorCode.EngineError or OrtErrorCode.RuntimeException or OrtErrorCode.ExecutionProviderFail;
}
