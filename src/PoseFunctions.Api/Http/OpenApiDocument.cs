namespace PoseFunctions.Api.Http;

/// <summary>The OpenAPI document that is part of this assembly. A test holds it against the functions.</summary>
internal static class OpenApiDocument
{
    /// <summary>Name of the resource.</summary>
    public const string ResourceName = "openapi.json";

    /// <summary>Its media type.</summary>
    public const string MediaType = "application/vnd.oai.openapi+json;version=3.1";

    /// <summary>Opens the document.</summary>
    public static Stream Open() => typeof(OpenApiDocument).Assembly.GetManifestResourceStream(ResourceName)!;
}
