namespace PoseFunctions.LocalHost.Events;

/// <summary>A connection string names no storage emulator; the message says so in one sentence.</summary>
internal sealed class NoEmulatorException(string message) : Exception(message);
