using PoseFunctions.Core.People;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Stores;

namespace PoseFunctions.Storage.Tests.InMemory;

public sealed class InMemoryParsedPhotoStoreTests : ParsedPhotoStoreContract
{
    protected override IParsedPhotoStore Store { get; } = new InMemoryParsedPhotoStore();
}
