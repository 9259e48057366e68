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

    /// <summary>Finds people in a whole photo, each with the points that say how the person is turned.</summary>
    Persons,

    /// <summary>Finds the joints and the mask of the one person in a square round them.</summary>
    Landmarks,
}
