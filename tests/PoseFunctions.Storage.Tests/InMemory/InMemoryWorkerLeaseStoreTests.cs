using PoseFunctions.Core.Leases;
using PoseFunctions.Storage.Tests.Contracts;
using PoseFunctions.Testing.Stores;

namespace PoseFunctions.Storage.Tests.InMemory;

public sealed class InMemoryWorkerLeaseStoreTests : WorkerLeaseStoreContract
{
    protected override IWorkerLeaseStore Store { get; } = new InMemoryWorkerLeaseStore();
}
