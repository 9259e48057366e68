using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Functions;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>Every HTTP function, written down once more: <see cref="FunctionRoutesTests"/> holds it against what the host is told.</summary>
internal static class FunctionRoutes
{
    private static readonly string[] Get = ["get", "head"];
    private static readonly string[] Post = ["post"];
    private static readonly string[] Delete = ["delete"];

    public static IReadOnlyList<FunctionRoute> All { get; } =
    [
        Of<CreateJobFunction>("CreateJob", AuthorizationLevel.Function, Post, "jobs",
            (CreateJobFunction function, HttpRequest request, CancellationToken stop) => function.RunAsync(request, stop)),
        Of<ListJobsFunction>("ListJobs", AuthorizationLevel.Function, Get, "jobs",
            (ListJobsFunction function, HttpRequest request, CancellationToken stop) => function.RunAsync(request, stop)),
        Of<GetJobFunction>("GetJob", AuthorizationLevel.Function, Get, "jobs/{id}",
            (GetJobFunction function, HttpRequest request, string id, CancellationToken stop) => function.RunAsync(request, id, stop)),
        Of<DeleteJobFunction>("DeleteJob", AuthorizationLevel.Function, Delete, "jobs/{id}",
            (DeleteJobFunction function, HttpRequest request, string id, CancellationToken stop) => function.RunAsync(request, id, stop)),
        Of<CancelJobFunction>("CancelJob", AuthorizationLevel.Function, Post, "jobs/{id}/cancel",
            (CancelJobFunction function, HttpRequest request, string id, CancellationToken stop) => function.RunAsync(request, id, stop)),
        Of<ReplayJobFunction>("ReplayJob", AuthorizationLevel.Function, Post, "jobs/{id}/replay",
            (ReplayJobFunction function, HttpRequest request, string id, CancellationToken stop) => function.RunAsync(request, id, stop)),
        Of<RetryJobFunction>("RetryJob", AuthorizationLevel.Admin, Post, "jobs/{id}/retry",
            (RetryJobFunction function, HttpRequest request, string id, CancellationToken stop) => function.RunAsync(request, id, stop)),
        Of<GetResultFunction>("GetResult", AuthorizationLevel.Function, Get, "jobs/{id}/results/{index}",
            (GetResultFunction function, HttpRequest request, string id, string index, CancellationToken stop) =>
                function.RunAsync(request, id, index, stop)),
        Of<CreateUploadFunction>("CreateUpload", AuthorizationLevel.Function, Post, "uploads",
            (CreateUploadFunction function, HttpRequest request, CancellationToken stop) => function.RunAsync(request, stop)),
        Of<ListPosesFunction>("ListPoses", AuthorizationLevel.Function, Get, "poses",
            (ListPosesFunction function, HttpRequest request) => function.Run(request)),
        Of<ListModelsFunction>("ListModels", AuthorizationLevel.Function, Get, "models",
            (ListModelsFunction function, HttpRequest request) => function.Run(request)),
        Of<ListAllJobsFunction>("ListAllJobs", AuthorizationLevel.Admin, Get, "operator/jobs",
            (ListAllJobsFunction function, HttpRequest request, CancellationToken stop) => function.RunAsync(request, stop)),
        Of<GetBacklogFunction>("GetBacklog", AuthorizationLevel.Admin, Get, "operator/backlog",
            (GetBacklogFunction function, HttpRequest request, CancellationToken stop) => function.RunAsync(request, stop)),
        Of<EraseTenantFunction>("EraseTenant", AuthorizationLevel.Admin, Delete, "operator/tenants/{tenant}",
            (EraseTenantFunction function, HttpRequest request, string tenant, CancellationToken stop) =>
                function.RunAsync(request, tenant, stop)),
        Of<ReadinessFunction>("Readiness", AuthorizationLevel.Anonymous, Get, "health/ready",
            (ReadinessFunction function, HttpRequest request, CancellationToken stop) => function.RunAsync(request, stop)),
        new("Liveness", AuthorizationLevel.Anonymous, Get, "health/live", typeof(LivenessFunction), LivenessFunction.Run),
        new("OpenApi", AuthorizationLevel.Anonymous, Get, "openapi.json", typeof(OpenApiFunction), OpenApiFunction.Run),
    ];

    private static FunctionRoute Of<TFunction>(
        string function, AuthorizationLevel level, string[] methods, string template, Delegate handler) =>
        new(function, level, methods, template, typeof(TFunction), handler);
}
