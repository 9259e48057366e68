namespace PoseFunctions.LocalHost.Tests.Support;

/// <summary>The tests that share one host.</summary>
[CollectionDefinition(Name)]
public sealed class BindingsCollection : ICollectionFixture<BindingsFixture>
{
    public const string Name = "Bindings";
}
