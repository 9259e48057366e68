using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Requests;

namespace PoseFunctions.Storage.Tests.Contracts;

/// <summary>What every <see cref="IRequestStore"/> promises.</summary>
public abstract class RequestStoreContract
{
    private readonly string key = Guid.NewGuid().ToString("n");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IRequestStore Store { get; }

    [Fact]
    public async Task WriteAsync_Twice_KeepsTheLast()
    {
        await Store.WriteAsync(Tenant.Default, key, "{}"u8.ToArray(), Cancellation);
        await Store.WriteAsync(Tenant.Default, key, """{"targets":[]}"""u8.ToArray(), Cancellation);

        Assert.Equal("""{"targets":[]}"""u8.ToArray(), await Store.FindAsync(Tenant.Default, key, Cancellation));
    }

    [Fact]
    public async Task FindAsync_OtherTenant_ReturnsNull()
    {
        await Store.WriteAsync(Tenant.Default, key, "{}"u8.ToArray(), Cancellation);

        Assert.Null(await Store.FindAsync(Tenant.Parse("other"), key, Cancellation));
    }

    [Fact]
    public async Task DeleteAsync_Twice_LeavesNothingAndIsNoError()
    {
        await Store.WriteAsync(Tenant.Default, key, "{}"u8.ToArray(), Cancellation);

        await Store.DeleteAsync(Tenant.Default, key, Cancellation);
        await Store.DeleteAsync(Tenant.Default, key, Cancellation);

        Assert.Null(await Store.FindAsync(Tenant.Default, key, Cancellation));
    }
}
