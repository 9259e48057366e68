namespace PoseFunctions.LocalHost;

/// <summary>Whether the host is up.</summary>
internal sealed class StartState
{
    private volatile bool isComplete;

    public bool IsComplete
    {
        get => isComplete;
        set => isComplete = value;
    }
}
