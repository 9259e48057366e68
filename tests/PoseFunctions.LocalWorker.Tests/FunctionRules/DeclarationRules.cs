using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace PoseFunctions.LocalWorker.Tests.FunctionRules;

/// <summary>How classes and methods declare functions.</summary>
internal static partial class DeclarationRules
{
    public static IEnumerable<FunctionRule> All { get; } =
    [
        new("AZFW0002", AsyncVoid),
        new("AZFW0005", SeveralBindings),
        new("AZFW0012", Retry),
        new("name", Name),
        new("trigger", Trigger),
        new("visibility", Visibility),
        new("instance", Instance),
        new("parameter", ByReference),
    ];

    private static IEnumerable<string> AsyncVoid(DeclaredFunction function)
    {
        if (function.Method.ReturnType == typeof(void) && function.Method.IsDefined(typeof(AsyncStateMachineAttribute)))
        {
            yield return "is async and void: nobody would wait for it or see it fail";
        }
    }

    private static IEnumerable<string> SeveralBindings(DeclaredFunction function)
    {
        foreach (var parameter in function.Bindings.GroupBy(found => found.Parameter.Name).Where(same => same.Count() > 1))
        {
            yield return $"has several bindings on '{parameter.Key}'";
        }

        if (function.MethodOutputs.Length > 1)
        {
            yield return "has several outputs on the method; return a class with one property each";
        }

        foreach (var property in function.OutputProperties.Where(property => property.GetCustomAttributes<Attribute>().Count(IsOutput) > 1))
        {
            yield return $"has several outputs on '{property.Name}'";
        }

        static bool IsOutput(Attribute attribute) => attribute is Microsoft.Azure.Functions.Worker.Extensions.Abstractions.OutputBindingAttribute;
    }

    private static IEnumerable<string> Retry(DeclaredFunction function)
    {
        var retries = function.Method.GetCustomAttributes<RetryAttribute>().ToArray();
        if (retries.Length > 0 && function.Trigger is not TimerTriggerAttribute)
        {
            yield return "has a retry attribute; here only timers may, the host itself repeats blobs and queue messages";
        }

        foreach (var delay in retries.SelectMany(Delays).Where(delay => !TimeSpan.TryParse(delay, CultureInfo.InvariantCulture, out var parsed) || parsed < TimeSpan.Zero))
        {
            yield return $"has the retry delay '{delay}', which is not hh:mm:ss";
        }

        static string[] Delays(RetryAttribute retry) => retry switch
        {
            FixedDelayRetryAttribute fixedDelay => [fixedDelay.DelayInterval],
            ExponentialBackoffRetryAttribute backoff => [backoff.MinimumInterval, backoff.MaximumInterval],
            _ => [],
        };
    }

    private static IEnumerable<string> Name(DeclaredFunction function)
    {
        if (!ValidName().IsMatch(function.Name))
        {
            yield return $"is named '{function.Name}'; a name is a letter, then at most 126 letters, digits, '-' or '_'";
        }
    }

    private static IEnumerable<string> Trigger(DeclaredFunction function)
    {
        if (function.Triggers.Count != 1)
        {
            yield return $"has {function.Triggers.Count} triggers, must have one";
        }
    }

    // The real generator passes over what is not public, without a word.
    private static IEnumerable<string> Visibility(DeclaredFunction function)
    {
        if (!function.Method.IsPublic || !function.Class.IsVisible)
        {
            yield return "is not public, so the host would never see it";
        }
    }

    private static IEnumerable<string> Instance(DeclaredFunction function)
    {
        if (!function.Method.IsStatic && (function.Class.IsAbstract || function.Class.ContainsGenericParameters))
        {
            yield return "is in a class of which no instance can be made";
        }

        if (function.Method.IsGenericMethodDefinition)
        {
            yield return "is generic";
        }
    }

    private static IEnumerable<string> ByReference(DeclaredFunction function) =>
        from parameter in function.Parameters
        where parameter.ParameterType.IsByRef
        select $"takes '{parameter.Name}' by reference; outputs are returned";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,126}$")]
    private static partial Regex ValidName();
}
