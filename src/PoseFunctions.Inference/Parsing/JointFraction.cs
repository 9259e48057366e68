namespace PoseFunctions.Inference.Parsing;

/// <summary>A joint as a decoder finds it: position as a fraction of the model's frame, and confidence.</summary>
internal readonly record struct JointFraction(double X, double Y, float Confidence);
