namespace PoseFunctions.Simulation.Traffic;

/// <summary>When jobs arrive.</summary>
internal interface IArrivals
{
    /// <summary>Seconds from the start until the next job arrives, never before the last one; infinity once there are no more.</summary>
    double Next();
}
