using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Views;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Api.Functions;

/// <summary>Lists the pose library.</summary>
public sealed class ListPosesFunction(PoseLibrary library)
{
    [Function("ListPoses")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "poses")] HttpRequest request) => Results.Json(
        new PoseListView(Skeleton.JointNames, [.. library.All.Select(PoseView.From)]), ApiJsonContext.Default.PoseListView);
}
