using PoseFunctions.Testing.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
