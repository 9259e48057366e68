using System.Reflection;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using PoseFunctions.LocalWorker.Discovery;
using PoseFunctions.LocalWorker.Invocations;

namespace PoseFunctions.LocalTriggers.Blobs;

/// <summary>Makes the parameters of blob functions from blobs.</summary>
internal static class BlobParameters
{
    /// <exception cref="FunctionDeclarationException">A parameter cannot come from a blob.</exception>
    public static BoundFunction Bind(FunctionDeclaration function, BlobPathPattern pattern)
    {
        var data = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase) { ["BlobTrigger"] = typeof(string), ["Uri"] = typeof(Uri) };
        foreach (var token in pattern.Tokens)
        {
            data[token] = typeof(string);
        }

        return FunctionBinder.Bind(
            function, data, parameter => parameter == function.TriggerParameter ? BindBlob(function, parameter) : null);
    }

    public static InvocationInput Input(BlobContainerClient container, string name, Dictionary<string, object?> tokens)
    {
        var blob = container.GetBlobClient(name);
        var data = new Dictionary<string, object?>(tokens, StringComparer.OrdinalIgnoreCase)
        {
            ["BlobTrigger"] = $"{container.Name}/{name}",
            ["Uri"] = blob.Uri,
        };
        return new InvocationInput { TriggerValue = blob, BindingData = data };
    }

    private static ArgumentBinder BindBlob(FunctionDeclaration function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(BlobClient) || type == typeof(BlobBaseClient))
        {
            return invocation => new ValueTask<object?>(Blob(invocation));
        }

        if (type == typeof(BlockBlobClient))
        {
            return invocation => new ValueTask<object?>(
                Blob(invocation).GetParentBlobContainerClient().GetBlockBlobClient(Blob(invocation).Name));
        }

        if (type == typeof(Stream))
        {
            return async invocation => await Blob(invocation).OpenReadAsync(cancellationToken: invocation.CancellationToken);
        }

        if (type == typeof(BinaryData))
        {
            return async invocation => await ReadAsync(invocation);
        }

        if (type == typeof(string))
        {
            return async invocation => (await ReadAsync(invocation)).ToString();
        }

        if (type == typeof(byte[]))
        {
            return async invocation => (await ReadAsync(invocation)).ToArray();
        }

        if (!type.IsClass || type.IsAbstract || type.Namespace?.StartsWith("Azure.", StringComparison.Ordinal) == true)
        {
            throw new FunctionDeclarationException(function.Name, $"A blob cannot be a {type}.");
        }

        return async invocation => ReadJson(await ReadAsync(invocation), type);
    }

    private static BlobClient Blob(Invocation invocation) => (BlobClient)invocation.TriggerValue!;

    private static async Task<BinaryData> ReadAsync(Invocation invocation) =>
        (await Blob(invocation).DownloadContentAsync(invocation.CancellationToken)).Value.Content;

    private static object? ReadJson(BinaryData content, Type type)
    {
        try
        {
            return JsonSerializer.Deserialize(content, type, JsonSerializerOptions.Web);
        }
        catch (JsonException exception)
        {
            throw new BindingException($"The blob is no {type.Name}: {exception.Message}", exception);
        }
    }
}
