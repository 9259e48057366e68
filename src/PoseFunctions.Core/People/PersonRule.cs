using System.Text.Json.Serialization;
using PoseFunctions.Core.Serialization;

namespace PoseFunctions.Core.People;

/// <summary>Which person of a photo is meant.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PersonRule>))]
public enum PersonRule
{
    /// <summary>The largest; of equals the one nearest the middle.</summary>
    Largest,

    /// <summary>The leftmost of those who are not much smaller than the largest.</summary>
    Left,

    /// <summary>The rightmost of those who are not much smaller than the largest.</summary>
    Right,

    /// <summary>The only one: several of like size are refused.</summary>
    Only,
}
