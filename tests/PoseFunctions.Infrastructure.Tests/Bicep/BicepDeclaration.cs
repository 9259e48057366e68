namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>A declaration at the top of a template.</summary>
/// <param name="Keyword"><c>param</c>, <c>var</c>, <c>resource</c>, <c>module</c>, <c>output</c>, <c>targetScope</c> or <c>using</c>.</param>
/// <param name="Name">What it is called; empty for <c>targetScope</c> and <c>using</c>.</param>
/// <param name="Type">Of a parameter or output its type, of a resource type and version, of a module its path; else empty.</param>
/// <param name="IsExisting">Whether a resource is only referred to.</param>
/// <param name="Value">Value, default or body; null where there is none.</param>
/// <param name="Decorators">The calls after <c>@</c>.</param>
/// <param name="Line">Where it begins, from 1.</param>
public sealed record BicepDeclaration(
    string Keyword, string Name, string Type, bool IsExisting, BicepExpression? Value, IReadOnlyList<BicepCall> Decorators, int Line)
{
    public bool IsSecure => Decorators.Any(decorator => decorator.Name == "secure");

    /// <summary>The values that <c>@allowed</c> lists; empty where it lists none.</summary>
    public IReadOnlyList<string> AllowedTexts =>
        [.. Decorators.Where(decorator => decorator.Name == "allowed").SelectMany(decorator => decorator.Arguments).OfType<BicepArray>()
            .SelectMany(array => array.Items).OfType<BicepText>().Select(text => text.Text)];

    /// <summary>The object that says what is deployed, inside its loop or condition.</summary>
    public BicepObject? Body
    {
        get
        {
            var value = Value;
            while (value is BicepLoop or BicepCondition)
            {
                value = value is BicepLoop loop ? loop.Body : ((BicepCondition)value).Body;
            }

            return value as BicepObject;
        }
    }
}
