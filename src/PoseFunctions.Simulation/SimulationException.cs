namespace PoseFunctions.Simulation;

/// <summary>What was asked for cannot be computed; the message says why in one sentence.</summary>
internal sealed class SimulationException(string message, Exception? innerException = null) : Exception(message, innerException);
