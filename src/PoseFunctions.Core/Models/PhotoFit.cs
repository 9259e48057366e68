using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Core.Models;

/// <summary>How a photo is brought to a model's native size.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PhotoFit>))]
public enum PhotoFit
{
    /// <summary>Aspect ratio kept, centred, padded.</summary>
    Letterbox,

    /// <summary>Stretched to the native size.</summary>
    Stretch,

    /// <summary>Two passes: letterbox, then a square round the person found.</summary>
    PersonSquare,

    /// <summary>A square round a person who was found before, turned so that the person stands upright in it.</summary>
    UprightSquare,
}
