namespace PoseFunctions.EndToEnd.Tests.Robustness;

/// <summary>Tests that hold the service to a time: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
