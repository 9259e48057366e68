namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>What arrived cannot be turned into a parameter's type; trying again will not help.</summary>
public sealed class BindingException : Exception
{
    public BindingException(string message)
        : base(message)
    {
    }

    public BindingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
