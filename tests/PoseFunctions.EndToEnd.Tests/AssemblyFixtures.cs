using PoseFunctions.EndToEnd.Tests;

[assembly: AssemblyFixture(typeof(ServiceFixture))]
