using PoseFunctions.ModelImport.Tflite;

namespace PoseFunctions.ModelImport.Conversion;

/// <summary>Writes one kind of operator into the converted graph.</summary>
internal interface IOperatorConverter
{
    /// <summary>Adds what computes the operator's result, and tells the context under which name that is found.</summary>
    /// <exception cref="ModelImportException">The operator has parameters or inputs that are not converted.</exception>
    void Convert(TfliteOperator step, ConversionContext context);
}
