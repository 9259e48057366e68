namespace PoseFunctions.Cli.Service;

/// <summary>Nothing answers at the service's address.</summary>
internal sealed class ServiceUnreachableException(Uri address, Exception innerException)
    : Exception($"The service at {address} does not answer: {Reason(innerException)}", innerException)
{
    private static string Reason(Exception exception) => (exception.InnerException ?? exception).Message;
}
