using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.Api.Tests.Support;

/// <summary>One HTTP function as the host reaches it.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Level">Which key it asks for.</param>
/// <param name="Methods">HTTP methods.</param>
/// <param name="Template">Below <c>/api/</c>.</param>
/// <param name="Class">Where it is written.</param>
/// <param name="Handler">Calls it.</param>
internal sealed record FunctionRoute(
    string Function, AuthorizationLevel Level, string[] Methods, string Template, Type Class, Delegate Handler);
