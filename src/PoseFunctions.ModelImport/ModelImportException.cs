namespace PoseFunctions.ModelImport;

/// <summary>A model cannot be imported; the message says which and why in one sentence.</summary>
internal sealed class ModelImportException(string message, Exception? innerException = null) : Exception(message, innerException);
