namespace PoseFunctions.ModelImport.Tflite;

/// <summary>Element types by their numbers in the schema of TensorFlow Lite, as far as models of 32-bit and 16-bit floats have them.</summary>
internal enum TfliteType
{
    Float32 = 0,
    Float16 = 1,
    Int32 = 2,
}
