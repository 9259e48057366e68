namespace PoseFunctions.Core.Tests.Support;

/// <summary>Thrown by every storage call of a process that the test has killed.</summary>
internal sealed class ProcessDeathException : Exception;
