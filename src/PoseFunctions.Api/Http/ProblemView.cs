namespace PoseFunctions.Api.Http;

/// <summary>An error as RFC 9457 problem details.</summary>
/// <param name="Type">A URI reference that is the same for every problem of one code.</param>
/// <param name="Title">What the HTTP status means.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">One sentence about this occurrence.</param>
/// <param name="Code">One of <see cref="Core.Failures.FailureCodes"/>; what programs compare.</param>
/// <param name="Retryable">Whether sending the same again later can succeed.</param>
/// <param name="TraceId">Finds the request in the traces; null without one.</param>
public sealed record ProblemView(string Type, string Title, int Status, string Detail, string Code, bool Retryable, string? TraceId);
