using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalWorker.Tests.FunctionRules;

/// <summary>HTTP functions: who may call them, and what becomes the answer.</summary>
internal static class HttpRules
{
    public static IEnumerable<FunctionRule> All { get; } =
    [
        new("level", Level),
        new("AZFW0007", SeveralAnswers),
        new("AZFW0015", UnmarkedAnswer),
        new("answer", Answer),
        new("FromBody", Body),
    ];

    // Methods without a level make a function that anyone may call. Nobody writes that on purpose in these words.
    private static IEnumerable<string> Level(DeclaredFunction function) =>
        from parameter in function.Parameters
        from attribute in parameter.GetCustomAttributesData()
        where attribute.AttributeType == typeof(HttpTriggerAttribute) && !IsLevel(attribute)
        select "does not say its authorization level";

    private static bool IsLevel(CustomAttributeData attribute) =>
        attribute.ConstructorArguments is [{ ArgumentType: var type }, ..] && type == typeof(AuthorizationLevel);

    private static IEnumerable<string> SeveralAnswers(DeclaredFunction function)
    {
        if (IsHttp(function) && function.OutputProperties.Count(IsAnswer) > 1)
        {
            yield return "marks more than one property as its answer";
        }
    }

    private static IEnumerable<string> UnmarkedAnswer(DeclaredFunction function)
    {
        if (IsHttp(function) && function.OutputProperties.Any() && !function.OutputProperties.Any(IsAnswer))
        {
            yield return "returns outputs but marks none of them as the answer with [HttpResult]";
        }
    }

    private static IEnumerable<string> Answer(DeclaredFunction function)
    {
        if (!IsHttp(function))
        {
            yield break;
        }

        if (function.MethodOutputs.Length > 0)
        {
            yield return "has an output on the method: its result goes there, and the caller gets an empty answer";
        }

        if (!function.OutputProperties.Any() && !IsResult(function.Result))
        {
            yield return $"returns {function.Result.Name}; an answer is an IResult or IActionResult";
        }
    }

    private static IEnumerable<string> Body(DeclaredFunction function) =>
        from parameter in function.Parameters
        where parameter.IsDefined(typeof(FromBodyAttribute))
        select $"has MVC's [FromBody] on '{parameter.Name}'; the worker's is in Microsoft.Azure.Functions.Worker.Http";

    private static bool IsHttp(DeclaredFunction function) => function.Trigger is HttpTriggerAttribute;

    private static bool IsAnswer(PropertyInfo property) => property.IsDefined(typeof(HttpResultAttribute));

    private static bool IsResult(Type type) => typeof(IResult).IsAssignableFrom(type) || typeof(IActionResult).IsAssignableFrom(type);
}
