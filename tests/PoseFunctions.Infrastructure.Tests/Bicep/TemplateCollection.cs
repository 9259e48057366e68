namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>Tests that share the compiled templates.</summary>
[CollectionDefinition(Name)]
public sealed class TemplateCollection : ICollectionFixture<CompiledTemplates>
{
    public const string Name = "templates";
}
