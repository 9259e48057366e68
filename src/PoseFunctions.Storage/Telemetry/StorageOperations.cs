using Azure.Core;

namespace PoseFunctions.Storage.Telemetry;

/// <summary>Names a storage request by what it does, such as <c>blob.put</c> or <c>queue.send</c>.</summary>
internal sealed class StorageOperations(string service, Func<string, string, string> verb)
{
    public static StorageOperations OfBlobs { get; } = new("blob", (method, query) => method switch
    {
        _ when query.Contains("comp=list", StringComparison.Ordinal) => "list",
        "PUT" when query.Contains("restype=container", StringComparison.Ordinal) => "createContainer",
        "POST" when query.Contains("comp=userdelegationkey", StringComparison.Ordinal) => "delegate",
        "PUT" when query.Contains("comp=", StringComparison.Ordinal) => "putPart",
        "PUT" => "put",
        "GET" => "get",
        "HEAD" => "head",
        "DELETE" => "delete",
        _ => "other",
    });

    public static StorageOperations OfQueues { get; } = new("queue", (method, query) => method switch
    {
        "POST" => "send",
        "GET" when query.Contains("peekonly=true", StringComparison.Ordinal) => "peek",
        "GET" when query.Contains("comp=metadata", StringComparison.Ordinal) => "measure",
        "PUT" => "createQueue",
        _ => "other",
    });

    public string NameOf(Request request) => $"{service}.{verb(request.Method.Method, request.Uri.Query)}";
}
