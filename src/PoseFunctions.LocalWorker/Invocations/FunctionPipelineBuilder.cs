using Microsoft.Azure.Functions.Worker.Middleware;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>Collects the layers of the invocation pipeline while the app is configured.</summary>
internal sealed class FunctionPipelineBuilder
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> layers = [];

    public void Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> layer) => layers.Add(layer);

    /// <summary>Puts the layers round the innermost step; the first added is the outermost.</summary>
    public FunctionExecutionDelegate Build(FunctionExecutionDelegate innermost)
    {
        var pipeline = innermost;
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            pipeline = layers[i](pipeline);
        }

        return pipeline;
    }
}
