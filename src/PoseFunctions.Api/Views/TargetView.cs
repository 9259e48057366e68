using PoseFunctions.Core.Jobs;

namespace PoseFunctions.Api.Views;

/// <summary>One target pose and what became of it.</summary>
public sealed record TargetView(int Index, string Name, TargetState State, ResultView? Result, JobFailure? Failure);
