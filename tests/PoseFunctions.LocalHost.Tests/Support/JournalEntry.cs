namespace PoseFunctions.LocalHost.Tests.Support;

/// <summary>What a function of the sample wrote down.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Text">What it was run with.</param>
/// <param name="Process">In which worker process.</param>
internal sealed record JournalEntry(string Function, string Text, int Process);
