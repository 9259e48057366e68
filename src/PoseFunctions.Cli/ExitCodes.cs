namespace PoseFunctions.Cli;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCodes
{
    /// <summary>Everything that was asked for was done.</summary>
    public const int Success = 0;

    /// <summary>At least one photo was refused, or one job ended without results.</summary>
    public const int JobFailed = 1;

    /// <summary>The command line is wrong, a file cannot be read or written, or the service refuses the key.</summary>
    public const int Usage = 2;

    /// <summary>The service did not answer, or kept failing.</summary>
    public const int Unreachable = 3;

    /// <summary>A fault of this program.</summary>
    public const int Fault = 70;

    /// <summary>Ended by Ctrl+C, as shells count it.</summary>
    public const int Interrupted = 130;
}
