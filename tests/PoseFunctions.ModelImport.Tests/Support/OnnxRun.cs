using Microsoft.ML.OnnxRuntime;

namespace PoseFunctions.ModelImport.Tests.Support;

/// <summary>A converted graph in ONNX Runtime.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly SessionOptions options = new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };

    public OnnxRun(byte[] graph) => Session = new(graph, options);

    public InferenceSession Session { get; }

    /// <summary>Runs it.</summary>
    /// <param name="values">The one input.</param>
    /// <param name="shape">Its sizes.</param>
    /// <returns>Every output by name.</returns>
    public IReadOnlyDictionary<string, float[]> Run(float[] values, params IEnumerable<int> shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(values, [.. shape.Select(size => (long)size)]);
        using var run = new RunOptions();
        using var outputs = Session.Run(run, Session.InputNames, [input], Session.OutputNames);
        return Session.OutputNames.Zip(outputs, (name, value) => (name, value.GetTensorDataAsSpan<float>().ToArray())).ToDictionary();
    }

    public void Dispose()
    {
        Session.Dispose();
        options.Dispose();
    }
}
