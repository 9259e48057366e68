using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Hosting;
using Xunit;

namespace PoseFunctions.Core.Tests.Hosting;

public sealed class HostedAppTests : IDisposable
{
    private readonly StringWriter errors = new() { NewLine = "\n" };

    [Fact]
    public async Task RunAsync_WrongSettings_SaysEachInOneLine()
    {
        var code = await RunAsync(builder =>
        {
            builder.Configuration["Transfers:MaxAttempts"] = "0";
            builder.Configuration["ImageLimits:MaxBytes"] = "-1";
            builder.Services.AddPoseFunctionsCore();
        });

        var line = Assert.Single(errors.ToString().TrimEnd('\n').Split('\n'));
        Assert.Equal(HostedApp.CannotRun, code);
        Assert.Contains("MaxAttempts", line, StringComparison.Ordinal);
        Assert.Contains("MaxBytes", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SettingOfTheWrongType_NamesIt()
    {
        var code = await RunAsync(builder =>
        {
            builder.Configuration["Transfers:MaxAttempts"] = "many";
            builder.Services.AddPoseFunctionsCore();
        });

        Assert.Equal(HostedApp.CannotRun, code);
        Assert.Contains("Transfers:MaxAttempts", Assert.Single(errors.ToString().TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AServiceMissesSomething_ItsWordsAreTheLastAndOneLine()
    {
        var code = await RunAsync(builder => builder.Services.AddHostedService(_ => new Service(
            new MissingDependencyException("CUDA is not installed.\nSet Inference:Provider to cpu."))));

        Assert.Equal((HostedApp.CannotRun, "CUDA is not installed. Set Inference:Provider to cpu.\n"), (code, errors.ToString()));
    }

    [Fact]
    public async Task RunAsync_AFaultOfTheApp_KeepsItsStackTrace()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(
            builder => builder.Services.AddHostedService(_ => new Service(new InvalidOperationException("a bug")))));

        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task RunAsync_Stopped_SaysNothing()
    {
        var code = await RunAsync(builder => builder.Services.AddHostedService(
            provider => new Service(failure: null, provider.GetRequiredService<IHostApplicationLifetime>())));

        Assert.Equal((0, string.Empty), (code, errors.ToString()));
    }

    public void Dispose() => errors.Dispose();

    private Task<int> RunAsync(Action<HostApplicationBuilder> configure) => HostedApp.RunAsync(
        () =>
        {
            var builder = Host.CreateEmptyApplicationBuilder(new());
            configure(builder);
            return builder.Build();
        },
        errors);

    private sealed class Service(Exception? failure, IHostApplicationLifetime? lifetime = null) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime?.StopApplication();
            return failure is null ? Task.CompletedTask : Task.FromException(failure);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
