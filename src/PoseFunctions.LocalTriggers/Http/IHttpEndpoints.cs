namespace PoseFunctions.LocalTriggers.Http;

/// <summary>Where HTTP functions can be reached.</summary>
public interface IHttpEndpoints
{
    /// <summary>The bound addresses, with real port numbers; empty before the host has started or where no function has an HTTP trigger.</summary>
    IReadOnlyCollection<Uri> Addresses { get; }
}
