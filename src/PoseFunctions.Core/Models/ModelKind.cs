namespace PoseFunctions.Core.Models;

/// <summary>What a model is for.</summary>
public enum ModelKind
{
    /// <summary>Renders a person in another pose.</summary>
    Generator,

    /// <summary>Finds joints.</summary>
    Keypoints,

    /// <summary>Labels body parts.</summary>
    Parsing,
}
