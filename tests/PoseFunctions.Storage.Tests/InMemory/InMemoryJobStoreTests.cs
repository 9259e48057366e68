using PoseFunctions.Core.Jobs;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Stores;

namespace PoseFunctions.Storage.Tests.InMemory;

public sealed class InMemoryJobStoreTests : JobStoreContract
{
    protected override IJobStore Store { get; } = new InMemoryJobStore();
}
