namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>What a token is.</summary>
public enum BicepTokenKind
{
    Identifier,
    Number,
    Text,
    Symbol,
    NewLine,
    End,
}
