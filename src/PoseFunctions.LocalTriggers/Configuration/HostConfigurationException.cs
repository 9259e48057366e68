namespace PoseFunctions.LocalTriggers.Configuration;

/// <summary>host.json or a setting that functions name cannot be used; the message says which and why.</summary>
public sealed class HostConfigurationException : InvalidOperationException
{
    public HostConfigurationException(string message)
        : base(message)
    {
    }

    public HostConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
