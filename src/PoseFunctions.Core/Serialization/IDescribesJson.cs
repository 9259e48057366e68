namespace PoseFunctions.Core.Serialization;

/// <summary>A converter that can say what it reads, for callers who sent something else.</summary>
public interface IDescribesJson
{
    /// <summary>What may stand there, to follow "must be".</summary>
    string Expected { get; }
}
