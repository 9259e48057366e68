using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using PoseFunctions.Api.Http;

namespace PoseFunctions.Api.Functions;

/// <summary>Describes this API as an OpenAPI 3.1 document.</summary>
public static class OpenApiFunction
{
    // The document is as public as this project.
    [Function("OpenApi")]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request) =>
        Results.Stream(OpenApiDocument.Open(), OpenApiDocument.MediaType);
}
