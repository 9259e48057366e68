using System.Linq.Expressions;
using System.Reflection;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>Compiles a call of a method once, so that no invocation pays for reflection.</summary>
internal static class MethodCallCompiler
{
    /// <summary>Compiles a call; the method may return nothing, a value, or a <see cref="Task"/> or <see cref="ValueTask"/> of either.</summary>
    public static MethodCall Compile(MethodInfo method)
    {
        var instance = Expression.Parameter(typeof(object), "instance");
        var arguments = Expression.Parameter(typeof(object?[]), "arguments");
        var values = method.GetParameters().Select(parameter => Expression.Convert(
            Expression.ArrayIndex(arguments, Expression.Constant(parameter.Position)), parameter.ParameterType));
        var call = Expression.Call(
            method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!), method, values);
        return Expression.Lambda<MethodCall>(AsTask(call), instance, arguments).Compile();
    }

    private static Expression AsTask(MethodCallExpression call)
    {
        var type = call.Type;
        if (type == typeof(void))
        {
            return Expression.Block(call, Expression.Constant(Task.FromResult<object?>(null)));
        }

        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return Expression.Call(Method(nameof(Await), type), call);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() is { } open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>)))
        {
            var name = open == typeof(Task<>) ? nameof(AwaitTask) : nameof(AwaitValueTask);
            return Expression.Call(Method(name).MakeGenericMethod(type.GetGenericArguments()), call);
        }

        return Expression.Call(
            typeof(Task), nameof(Task.FromResult), [typeof(object)], Expression.Convert(call, typeof(object)));
    }

    private static MethodInfo Method(string name, params Type[] parameters)
    {
        const BindingFlags Flags = BindingFlags.NonPublic | BindingFlags.Static;
        var type = typeof(MethodCallCompiler);
        return (parameters.Length == 0 ? type.GetMethod(name, Flags) : type.GetMethod(name, Flags, parameters))!;
    }

    private static async Task<object?> Await(Task task)
    {
        await task;
        return null;
    }

    private static async Task<object?> Await(ValueTask task)
    {
        await task;
        return null;
    }

    private static async Task<object?> AwaitTask<T>(Task<T> task) => await task;

    private static async Task<object?> AwaitValueTask<T>(ValueTask<T> task) => await task;
}
