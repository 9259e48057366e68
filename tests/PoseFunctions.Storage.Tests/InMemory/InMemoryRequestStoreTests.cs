using PoseFunctions.Core.Requests;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Stores;

namespace PoseFunctions.Storage.Tests.InMemory;

public sealed class InMemoryRequestStoreTests : RequestStoreContract
{
    protected override IRequestStore Store { get; } = new InMemoryRequestStore();
}
