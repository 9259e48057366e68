namespace PoseFunctions.Inference.People;

/// <summary>Probabilities from logits.</summary>
internal static class Logistic
{
    /// <summary>1 / (1 + e^-x).</summary>
    public static float Of(float logit) => 1 / (1 + MathF.Exp(-logit));
}
