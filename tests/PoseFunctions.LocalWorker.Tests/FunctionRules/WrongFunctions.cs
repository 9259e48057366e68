using Azure.Storage.Blobs;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MvcFromBody = Microsoft.AspNetCore.Mvc.FromBodyAttribute;
using WorkerFromBody = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace PoseFunctions.LocalWorker.Tests.FunctionRules;

/// <summary>One fault each, apart from the last class, which has none. They compile here, as against the real packages.</summary>
public static class WrongFunctions
{
    public sealed class SameName
    {
        [Function("Twice")]
        public static void First([QueueTrigger("q", Connection = "Storage")] string text) => _ = text;

        [Function("twice")]
        public static void Second([QueueTrigger("q", Connection = "Storage")] string text) => _ = text;
    }

    public sealed class BadName
    {
        [Function("1 two")]
        public static void Run([QueueTrigger("q", Connection = "Storage")] string text) => _ = text;
    }

    public sealed class AsyncVoid
    {
        [Function("AsyncVoid")]
        public static async /* which is the fault */ void Run([QueueTrigger("q", Connection = "Storage")] string text) => await Task.FromResult(text);
    }

    public sealed class RetriedQueue
    {
        [Function("RetriedQueue")]
        [FixedDelayRetry(3, "00:00:01")]
        public static void Run([QueueTrigger("q", Connection = "Storage")] string text) => _ = text;
    }

    public sealed class RetriedBlob
    {
        [Function("RetriedBlob")]
        [ExponentialBackoffRetry(3, "00:00:01", "00:01:00")]
        public static void Run([BlobTrigger("c/{name}", Connection = "Storage")] string text) => _ = text;
    }

    public sealed class RetriedHttp
    {
        [Function("RetriedHttp")]
        [FixedDelayRetry(3, "00:00:01")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Results.Ok(request.Path);
    }

    public sealed class RetryDelay
    {
        [Function("RetryDelay")]
        [FixedDelayRetry(3, "a second")]
        public static void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }

    public sealed class TwoTriggers
    {
        [Function("TwoTriggers")]
        public static void Run(
            [QueueTrigger("a", Connection = "Storage")] string first, [QueueTrigger("b", Connection = "Storage")] string second) => _ = first + second;
    }

    public sealed class NoTrigger
    {
        [Function("NoTrigger")]
        public static void Run([BlobInput("c/name", Connection = "Storage")] string text) => _ = text;
    }

    public sealed class TwoBindings
    {
        [Function("TwoBindings")]
        public static void Run(
            [QueueTrigger("q", Connection = "Storage")][BlobInput("c/name", Connection = "Storage")] string text) => _ = text;
    }

    public sealed class NotPublic
    {
        [Function("NotPublic")]
        internal static void Run([QueueTrigger("q", Connection = "Storage")] string text) => _ = text;
    }

    public abstract class NoInstance
    {
        [Function("NoInstance")]
        public void Run([QueueTrigger("q", Connection = "Storage")] string text) => _ = text + this;
    }

    public sealed class ByReference
    {
        [Function("ByReference")]
        public static void Run([QueueTrigger("q", Connection = "Storage")] string text, in long dequeueCount) => _ = text + dequeueCount;
    }

    public sealed class NoLevel
    {
        [Function("NoLevel")]
        public static IResult Run([HttpTrigger("get")] HttpRequest request) => Results.Ok(request.Path);
    }

    public sealed class NoLevelAtAll
    {
        [Function("NoLevelAtAll")]
        public static IResult Run([HttpTrigger] HttpRequest request) => Results.Ok(request.Path);
    }

    public sealed class UnmarkedAnswer
    {
        [Function("UnmarkedAnswer")]
        public static Task<UnmarkedOutputs> RunAsync([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) =>
            Task.FromResult(new UnmarkedOutputs(Results.Ok(), request.Path));
    }

    public sealed class TwoAnswers
    {
        [Function("TwoAnswers")]
        public static TwiceMarkedOutputs Run([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) =>
            new(Results.Ok(), Results.Ok(request.Path));
    }

    public sealed class AnswerToQueue
    {
        [Function("AnswerToQueue")]
        [QueueOutput("q", Connection = "Storage")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Results.Ok(request.Path);
    }

    public sealed class NoAnswer
    {
        [Function("NoAnswer")]
        public static string Run([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => request.Path;
    }

    public sealed class BodyOfMvc
    {
        [Function("BodyOfMvc")]
        public static IResult Run(
            [HttpTrigger(AuthorizationLevel.Function, "post", Route = "{text}")] HttpRequest request, [MvcFromBody] string text) =>
            Results.Ok(text + request.Path);
    }

    public sealed class DeferredByInput
    {
        [Function("DeferredByInput")]
        public static void Run(
            [BlobTrigger("c/{name}", Connection = "Storage")] Stream photo, [BlobInput("d/{name}", Connection = "Storage")] string options) =>
            _ = photo.Length + options.Length;
    }

    public sealed class DeferredByOutput
    {
        [Function("DeferredByOutput")]
        [BlobOutput("d/{name}", Connection = "Storage")]
        public static string Run([BlobTrigger("c/{name}", Connection = "Storage")] BlobClient photo) => photo.Name;
    }

    public sealed class UnknownType
    {
        [Function("UnknownType")]
        public static void Run([BlobTrigger("c/{name}", Connection = "Storage")] BlobServiceClient service) => _ = service.AccountName;
    }

    public sealed class MessageOfBlob
    {
        [Function("MessageOfBlob")]
        public static void Run([BlobTrigger("c/{name}", Connection = "Storage")] QueueMessage message) => _ = message.MessageId;
    }

    public sealed class OneOfContainer
    {
        [Function("OneOfContainer")]
        public static void Run(
            [QueueTrigger("q", Connection = "Storage")] string text, [BlobInput("container", Connection = "Storage")] BlobClient blob) =>
            _ = text + blob.Name;
    }

    public sealed class NoSource
    {
        [Function("NoSource")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id:guid}")] HttpRequest request, string job) =>
            Results.Ok(job + request.Path);
    }

    public sealed class UnknownSetting
    {
        [Function("UnknownSetting")]
        public static void Run([TimerTrigger("%Transfers__NoSuchSchedule%")] TimerInfo timer) => _ = timer;
    }

    public sealed class UnknownConnection
    {
        [Function("UnknownConnection")]
        public static void Run([QueueTrigger("q", Connection = "OtherStorage")] string text) => _ = text;
    }

    public sealed class NoConnection
    {
        [Function("NoConnection")]
        public static void Run([QueueTrigger("q")] string text) => _ = text;
    }

    public sealed class SpanAsSchedule
    {
        [Function("SpanAsSchedule")]
        public static void Run([TimerTrigger("00:00:15")] TimerInfo timer) => _ = timer;
    }

    public sealed class NothingWrong
    {
        [Function("Outputs")]
        public static Outputs Run(
            [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id:guid}/{*rest}")] HttpRequest request,
            Guid id,
            string rest,
            [WorkerFromBody] Payload body,
            FunctionContext context) => new(Results.Ok(), body.Text + id + rest + request.Path + context.InvocationId);

        [Function("Blob")]
        public static void Photo(
            [BlobTrigger("c/{tenant}/{name}", Connection = "Storage")] Stream photo,
            [BlobInput("fixed/name", Connection = "Storage")] BlobClient first,
            [BlobInput("c/{name}", Connection = "Storage")] string second,
            string tenant,
            CancellationToken cancellationToken) => _ = photo.Length + first.Name + second + tenant + cancellationToken;

        [Function("Queue")]
        [QueueOutput("%Transfers__DefaultGenerator%", Connection = "Storage")]
        public static string[] Message([QueueTrigger("q", Connection = "Storage")] Payload message, long dequeueCount) => [message.Text + dequeueCount];

        [Function("Timer")]
        [FixedDelayRetry(3, "00:00:01")]
        public static void Tick([TimerTrigger("%Transfers__DefaultGenerator%")] TimerInfo timer) => _ = timer;

        [Function("Warm")]
        public static void Warm([WarmupTrigger] object context) => _ = context;
    }

    public sealed record Payload(string Text);

    public sealed record UnmarkedOutputs(
        IResult Answer, [property: QueueOutput("q", Connection = "Storage")] string Message);

    public sealed record TwiceMarkedOutputs([property: HttpResult] IResult One, [property: HttpResult] IResult Other);

    public sealed record Outputs(
        [property: HttpResult] IResult Answer, [property: QueueOutput("q", Connection = "Storage")] string Message);
}
