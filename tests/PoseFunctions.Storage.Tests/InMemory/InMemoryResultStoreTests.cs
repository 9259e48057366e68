using PoseFunctions.Core.Photos;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Stores;

namespace PoseFunctions.Storage.Tests.InMemory;

public sealed class InMemoryResultStoreTests : ResultStoreContract
{
    protected override IResultStore Store { get; } = new InMemoryResultStore();
}
