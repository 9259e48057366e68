using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Runs the function for HTTP requests. With methods but without a level, as in <c>HttpTrigger("get")</c>, the function is open to
/// anyone: always give the level.
/// </summary>
public sealed class HttpTriggerAttribute : TriggerBindingAttribute
{
    public HttpTriggerAttribute()
        : this(AuthorizationLevel.Function)
    {
    }

    public HttpTriggerAttribute(params string[] methods)
        : this(AuthorizationLevel.Anonymous, methods)
    {
    }

    public HttpTriggerAttribute(AuthorizationLevel authLevel)
        : this(authLevel, [])
    {
    }

    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>Route template below the host's route prefix; the function's name when not set.</summary>
    public string? Route { get; set; }

    public AuthorizationLevel AuthLevel { get; }

    /// <summary>HTTP methods the function answers; empty for every method.</summary>
    public string[]? Methods { get; }
}
