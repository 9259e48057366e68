namespace PoseFunctions.Cli.Service;

/// <summary>How many jobs of all tenants are in which state.</summary>
internal sealed record BacklogView(int Unparsed, int Queued, int Running, int Failed, int Messages)
{
    /// <summary>Jobs that have not ended.</summary>
    public int Unfinished => Unparsed + Queued + Running;
}
