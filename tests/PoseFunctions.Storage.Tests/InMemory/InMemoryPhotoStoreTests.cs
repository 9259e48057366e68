using PoseFunctions.Core.Photos;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Stores;

namespace PoseFunctions.Storage.Tests.InMemory;

public sealed class InMemoryPhotoStoreTests : PhotoStoreContract
{
    protected override IPhotoStore Store { get; } = new InMemoryPhotoStore(TimeProvider.System);
}
