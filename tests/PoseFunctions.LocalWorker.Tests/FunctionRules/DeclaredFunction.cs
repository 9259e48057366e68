using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace PoseFunctions.LocalWorker.Tests.FunctionRules;

/// <summary>A method that declares a function, rightly or wrongly.</summary>
internal sealed record DeclaredFunction(Type Class, MethodInfo Method)
{
    private const BindingFlags AnyMethod =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public string Name { get; } = Method.GetCustomAttribute<FunctionAttribute>()!.Name;

    public ParameterInfo[] Parameters { get; } = Method.GetParameters();

    /// <summary>Every binding on a parameter, in the order of the parameters.</summary>
    public IReadOnlyList<(ParameterInfo Parameter, BindingAttribute Binding)> Bindings { get; } =
    [
        .. from parameter in Method.GetParameters()
           from binding in parameter.GetCustomAttributes<BindingAttribute>()
           select (parameter, binding),
    ];

    public IReadOnlyList<(ParameterInfo Parameter, TriggerBindingAttribute Binding)> Triggers =>
        [.. Bindings.Where(found => found.Binding is TriggerBindingAttribute).Select(found => (found.Parameter, (TriggerBindingAttribute)found.Binding))];

    /// <summary>The one trigger; null where there is none, or more than one.</summary>
    public TriggerBindingAttribute? Trigger => Triggers is [var (_, only)] ? only : null;

    /// <summary>What the method returns, without the task round it.</summary>
    public Type Result { get; } = Unwrap(Method.ReturnType);

    /// <summary>Output bindings on the method itself.</summary>
    public OutputBindingAttribute[] MethodOutputs => [.. Method.GetCustomAttributes<OutputBindingAttribute>()];

    /// <summary>The properties of what is returned that are outputs.</summary>
    public IEnumerable<PropertyInfo> OutputProperties =>
        Result.GetProperties().Where(property => property.IsDefined(typeof(OutputBindingAttribute)));

    /// <summary>Every function that the classes declare, in whatever way.</summary>
    public static IReadOnlyList<DeclaredFunction> In(IEnumerable<Type> classes) =>
    [
        .. from type in classes
           from method in type.GetMethods(AnyMethod)
           where method.IsDefined(typeof(FunctionAttribute))
           select new DeclaredFunction(type, method),
    ];

    public override string ToString() => $"{Class.Name}.{Method.Name}";

    private static Type Unwrap(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;
}
