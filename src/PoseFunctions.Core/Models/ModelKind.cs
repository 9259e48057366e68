using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Core.Models;

/// <summary>What a model is for.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModelKind>))]
public enum ModelKind
{
    /// <summary>Renders a person in another pose.</summary>
    Generator,

    /// <summary>Finds joints.</summary>
    Keypoints,

    /// <summary>Labels body parts.</summary>
    Parsing,

    /// <summary>Predicts where body parts will be in another pose.</summary>
    Layout,
}
