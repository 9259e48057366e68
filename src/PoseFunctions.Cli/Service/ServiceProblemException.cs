using System.Net;

namespace PoseFunctions.Cli.Service;

/// <summary>The service answered with a problem.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">The service's stable code, where it gave one.</param>
/// <param name="message">One sentence.</param>
internal sealed class ServiceProblemException(HttpStatusCode status, string? code, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public string? Code { get; } = code;

    /// <summary>Whether the service is at fault, not the request.</summary>
    public bool IsServiceFault => (int)Status >= 500;

    /// <summary>Whether the photo or the request was refused, so that other photos may still be accepted.</summary>
    public bool IsAboutThisRequest => !IsServiceFault && Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
}
