namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Reads a parameter of an HTTP function from the request's JSON body.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromBodyAttribute : Attribute;
