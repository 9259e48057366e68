using PoseFunctions.ModelImport.Onnx;
using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion.Operators;

/// <summary><c>DEPTH_TO_SPACE</c>: channels are counted block row, block column, then what is left (ONNX's mode <c>DCR</c>).</summary>
internal sealed class DepthToSpaceConverter : IOperatorConverter
{
    public void Convert(TfliteOperator step, ConversionContext context) => context.Define(ConversionContext.Output(step), context.Graph.Add(
        "DepthToSpace", [context.Value(step, 0)], OnnxAttribute.Number("blocksize", step.Options?.Number(0) ?? 0), OnnxAttribute.Text("mode", "DCR")));
}
