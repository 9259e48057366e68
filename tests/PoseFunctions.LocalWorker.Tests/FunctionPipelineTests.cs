using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalWorker.Tests;

public sealed class FunctionPipelineTests
{
    private readonly List<string> steps = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Middleware_WrapsTheFunctionInTheOrderItWasAdded()
    {
        using var host = Build(builder =>
        {
            builder.UseMiddleware<Outer>();
            builder.UseWhen<Never>(_ => false);
            builder.UseMiddleware(async (_, next) =>
            {
                steps.Add("inner in");
                await next();
                steps.Add("inner out");
            });
        });

        await RunAsync(host, "Values");

        Assert.Equal(["outer in", "inner in", "run Values text", "inner out", "outer out", "scoped gone"], steps);
    }

    [Theory]
    [InlineData("Nothing", null)]
    [InlineData("Value", 1)]
    [InlineData("Task", null)]
    [InlineData("TaskOf", 2)]
    [InlineData("ValueTask", null)]
    [InlineData("ValueTaskOf", 3)]
    public async Task Run_EachReturnType_GivesTheValue(string function, int? expected)
    {
        using var host = Build(_ => { });

        Assert.Equal(expected, await RunAsync(host, function));
    }

    [Fact]
    public async Task Run_Middleware_MayReplaceTheResult()
    {
        using var host = Build(builder => builder.UseMiddleware(async (context, next) =>
        {
            await next();
            context.GetInvocationResult().Value = 99;
        }));

        Assert.Equal(99, await RunAsync(host, "Value"));
    }

    [Fact]
    public async Task Run_FunctionThrows_ExceptionComesOutUnchanged()
    {
        using var host = Build(_ => { });

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(host, "Throws"));

        Assert.Equal("On purpose.", exception.Message);
    }

    private IHost Build(Action<FunctionsApplicationBuilder> configure)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton(steps);
        builder.Services.AddScoped<Scoped>();
        configure(builder);
        return builder.Build();
    }

    private static Task<object?> RunAsync(IHost host, string name)
    {
        var function = new FunctionCatalog([typeof(Functions)]).All.Single(candidate => candidate.Name == name);
        var bound = FunctionBinder.Bind(
            function, new Dictionary<string, Type>(), parameter => parameter == function.TriggerParameter ? _ => new ValueTask<object?>("text") : null);
        return host.Services.GetRequiredService<FunctionPipeline>().RunAsync(bound, new InvocationInput(), Cancel);
    }

    public sealed class Functions(Scoped scoped)
    {
        [Function("Values")]
        public void Values([QueueTrigger("q")] string text, FunctionContext context) => scoped.Use(text, context.FunctionDefinition.Name);

        [Function("Nothing")]
        public static void Nothing([QueueTrigger("q")] string text) => _ = text;

        [Function("Value")]
        public static int Value([QueueTrigger("q")] string text) => text.Length - 3;

        [Function("Task")]
        public static Task TaskAsync([QueueTrigger("q")] string text) => Task.FromResult(text);

        [Function("TaskOf")]
        public static Task<int> TaskOfAsync([QueueTrigger("q")] string text) => Task.FromResult(text.Length - 2);

        [Function("ValueTask")]
        public static ValueTask ValueTaskAsync([QueueTrigger("q")] string text) => new(Task.FromResult(text));

        [Function("ValueTaskOf")]
        public static ValueTask<int> ValueTaskOfAsync([QueueTrigger("q")] string text) => new(text.Length - 1);

        [Function("Throws")]
        public static async Task ThrowsAsync([QueueTrigger("q")] string text)
        {
            await Task.Yield();
            throw new InvalidOperationException(text == "text" ? "On purpose." : text);
        }
    }

    public sealed class Scoped(List<string> steps) : IDisposable
    {
        public void Use(string text, string function) => steps.Add($"run {function} {text}");

        public void Dispose() => steps.Add("scoped gone");
    }

    internal sealed class Outer(List<string> steps) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            steps.Add("outer in");
            await next(context);
            steps.Add("outer out");
        }
    }

    internal sealed class Never(List<string> steps) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            steps.Add("never");
            return next(context);
        }
    }
}
