using PoseFunctions.Simulation.Traffic;

namespace PoseFunctions.Simulation.Tests;

/// <summary>Jobs that arrive when a test says.</summary>
internal sealed class ListedArrivals(params double[] seconds) : IArrivals
{
    private int next;

    public double Next() => next < seconds.Length ? seconds[next++] : double.PositiveInfinity;
}
