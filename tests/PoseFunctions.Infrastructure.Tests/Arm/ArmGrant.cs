namespace PoseFunctions.Infrastructure.Tests.Arm;

/// <summary>A right that a template gives.</summary>
/// <param name="Role">By the name that Azure gives it.</param>
/// <param name="Reason">Why, as Azure shows it beside the assignment.</param>
public sealed record ArmGrant(string Role, string Reason);
