using System.Reflection;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Queues;

/// <summary>Makes the parameters of queue functions from messages.</summary>
internal static class QueueParameters
{
    private static readonly Dictionary<string, Type> BindingData = new(StringComparer.OrdinalIgnoreCase)
    {
        ["QueueTrigger"] = typeof(string),
        ["Id"] = typeof(string),
        ["PopReceipt"] = typeof(string),
        ["DequeueCount"] = typeof(long),
        ["InsertionTime"] = typeof(DateTimeOffset),
        ["ExpirationTime"] = typeof(DateTimeOffset),
        ["NextVisibleTime"] = typeof(DateTimeOffset),
    };

    /// <exception cref="FunctionDeclarationException">A parameter cannot come from a message.</exception>
    public static BoundFunction Bind(FunctionDeclaration function) => FunctionBinder.Bind(
        function, BindingData, parameter => parameter == function.TriggerParameter ? BindBody(function, parameter) : null);

    public static InvocationInput Input(QueueMessage message) => new()
    {
        TriggerValue = message,
        BindingData = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["QueueTrigger"] = message.Body.ToString(),
            ["Id"] = message.MessageId,
            ["PopReceipt"] = message.PopReceipt,
            ["DequeueCount"] = message.DequeueCount,
            ["InsertionTime"] = message.InsertedOn,
            ["ExpirationTime"] = message.ExpiresOn,
            ["NextVisibleTime"] = message.NextVisibleOn,
        },
    };

    private static ArgumentBinder BindBody(FunctionDeclaration function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(QueueMessage))
        {
            return invocation => new ValueTask<object?>(Message(invocation));
        }

        if (type == typeof(string))
        {
            return invocation => new ValueTask<object?>(Message(invocation).Body.ToString());
        }

        if (type == typeof(byte[]))
        {
            return invocation => new ValueTask<object?>(Message(invocation).Body.ToArray());
        }

        if (type == typeof(BinaryData))
        {
            return invocation => new ValueTask<object?>(Message(invocation).Body);
        }

        if (type.IsPrimitive || type.IsInterface || type.IsAbstract || typeof(Stream).IsAssignableFrom(type))
        {
            throw new FunctionDeclarationException(function.Name, $"A queue message cannot be a {type}.");
        }

        return invocation => new ValueTask<object?>(ReadJson(Message(invocation).Body, type));
    }

    private static QueueMessage Message(Invocation invocation) => (QueueMessage)invocation.TriggerValue!;

    private static object? ReadJson(BinaryData body, Type type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type, JsonSerializerOptions.Web);
        }
        catch (JsonException exception)
        {
            throw new BindingException($"The message is no {type.Name}: {exception.Message}", exception);
        }
    }
}
