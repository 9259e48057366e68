using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using PoseFunctions.LocalWorker.Discovery;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>Finds, at start, how each parameter of a function gets its value.</summary>
internal static class FunctionBinder
{
    /// <summary>Binds a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="bindingData">Names and types of the binding data that the trigger gives; names ignore case.</param>
    /// <param name="bindSpecial">Binds what only the trigger knows; null for parameters that are not its business.</param>
    /// <param name="writeResult">Delivers what the function returned.</param>
    /// <exception cref="FunctionDeclarationException">A parameter cannot get a value.</exception>
    public static BoundFunction Bind(
        FunctionDeclaration function,
        IReadOnlyDictionary<string, Type> bindingData,
        Func<ParameterInfo, ArgumentBinder?> bindSpecial,
        Func<Invocation, Task>? writeResult = null)
    {
        if (function.Method.GetCustomAttribute<OutputBindingAttribute>() is { } output)
        {
            // Better refused than a result that silently goes nowhere.
            throw new FunctionDeclarationException(
                function.Name, $"{output.GetType().Name} is not supported on one machine; write through an injected client.");
        }

        var binders = function.Parameters.Select(parameter =>
            bindSpecial(parameter)
            ?? BindContext(parameter)
            ?? BindData(parameter, bindingData)
            ?? throw CannotBind(function, parameter, bindingData.Keys));
        return new BoundFunction(function, [.. binders], writeResult);
    }

    public static FunctionDeclarationException CannotBind(
        FunctionDeclaration function, ParameterInfo parameter, IEnumerable<string> names)
    {
        var offered = string.Join(", ", names.Order(StringComparer.Ordinal));
        return new FunctionDeclarationException(
            function.Name,
            $"Nothing gives a value to its parameter '{parameter.Name}' of type {parameter.ParameterType}."
            + $" By name it can have: {(offered.Length == 0 ? "nothing" : offered)}.");
    }

    private static ArgumentBinder? BindContext(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return invocation => new ValueTask<object?>(invocation);
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return invocation => new ValueTask<object?>(invocation.CancellationToken);
        }

        return null;
    }

    private static ArgumentBinder? BindData(ParameterInfo parameter, IReadOnlyDictionary<string, Type> bindingData)
    {
        var name = parameter.Name!;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (!bindingData.TryGetValue(name, out var offered))
        {
            return null;
        }

        if (type.IsAssignableFrom(offered))
        {
            return invocation => new ValueTask<object?>(Value(invocation, parameter));
        }

        if (type == typeof(string))
        {
            return invocation => new ValueTask<object?>(
                Convert.ToString(Value(invocation, parameter), CultureInfo.InvariantCulture));
        }

        var converter = TypeDescriptor.GetConverter(type);
        return offered == typeof(string) && converter.CanConvertFrom(typeof(string))
            ? invocation => new ValueTask<object?>(Parse(converter, Value(invocation, parameter), parameter))
            : null;
    }

    private static object? Value(Invocation invocation, ParameterInfo parameter) =>
        invocation.BindingContext.BindingData.TryGetValue(parameter.Name!, out var value) && value is not null
            ? value
            : parameter.HasDefaultValue ? parameter.DefaultValue : null;

    private static object? Parse(TypeConverter converter, object? value, ParameterInfo parameter)
    {
        if (value is not string text)
        {
            return value;
        }

        try
        {
            return converter.ConvertFromInvariantString(text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException)
        {
            throw new BindingException($"'{text}' is no valid {parameter.ParameterType.Name} for '{parameter.Name}'.", exception);
        }
    }
}
