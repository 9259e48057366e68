using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;
using PoseFunctions.Api.Models;
using PoseFunctions.Api.Views;

namespace PoseFunctions.Api.Functions;

/// <summary>Lists the installed models.</summary>
public sealed class ListModelsFunction(ManifestCatalog catalog)
{
    [Function("ListModels")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "models")] HttpRequest request) =>
        Results.Json(new ModelListView([.. catalog.All.Select(ModelView.From)]), ApiJsonContext.Default.ModelListView);
}
