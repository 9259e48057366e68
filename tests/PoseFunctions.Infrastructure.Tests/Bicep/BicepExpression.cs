namespace PoseFunctions.Infrastructure.Tests.Bicep;

/// <summary>An expression of a template: this closed family is all that ours are made of.</summary>
/// <param name="Line">Where it begins, from 1.</param>
public abstract record BicepExpression(int Line)
{
    /// <summary>What it is made of.</summary>
    public virtual IEnumerable<BicepExpression> Parts => [];

    /// <summary>Everything in it, itself first.</summary>
    public IEnumerable<BicepExpression> All => Parts.SelectMany(part => part.All).Prepend(this);
}

/// <summary>A string, with <c>${}</c> in the text for every hole.</summary>
public sealed record BicepText(int Line, string Text, IReadOnlyList<BicepExpression> Holes) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Parts => Holes;
}

/// <summary>A whole number.</summary>
public sealed record BicepNumber(int Line, long Value) : BicepExpression(Line);

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record BicepBoolean(int Line, bool Value) : BicepExpression(Line);

/// <summary><c>null</c>.</summary>
public sealed record BicepNull(int Line) : BicepExpression(Line);

/// <summary>A symbol or a function, by name.</summary>
public sealed record BicepName(int Line, string Name) : BicepExpression(Line);

/// <summary><c>Target.Name</c></summary>
public sealed record BicepMember(int Line, BicepExpression Target, string Name) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Parts => [Target];
}

/// <summary><c>Target[Index]</c></summary>
public sealed record BicepIndex(int Line, BicepExpression Target, BicepExpression Index) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Parts => [Target, Index];
}

/// <summary><c>Function(Arguments)</c></summary>
public sealed record BicepCall(int Line, BicepExpression Function, IReadOnlyList<BicepExpression> Arguments) : BicepExpression(Line)
{
    public string Name => Function switch { BicepName name => name.Name, BicepMember member => member.Name, _ => "" };

    public override IEnumerable<BicepExpression> Parts => Function is BicepMember member ? [member.Target, .. Arguments] : Arguments;
}

/// <summary><c>{ Key: Value }</c></summary>
public sealed record BicepObject(int Line, IReadOnlyList<BicepProperty> Properties) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Parts => Properties.SelectMany(property => (BicepExpression[])[property.Key, property.Value]);

    /// <summary>Value at a path of names, or null.</summary>
    public BicepExpression? Find(params string[] path)
    {
        var value = Properties.FirstOrDefault(property => property.Key.Text == path[0])?.Value;
        return path.Length == 1 ? value : (value as BicepObject)?.Find(path[1..]);
    }
}

/// <summary>A property of an object.</summary>
public sealed record BicepProperty(BicepText Key, BicepExpression Value);

/// <summary><c>[Items]</c></summary>
public sealed record BicepArray(int Line, IReadOnlyList<BicepExpression> Items) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Parts => Items;
}

/// <summary><c>[for Variables in Source: Body]</c></summary>
public sealed record BicepLoop(int Line, IReadOnlyList<string> Variables, BicepExpression Source, BicepExpression Body) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Parts => [Source, Body];
}

/// <summary><c>if (Test) Body</c></summary>
public sealed record BicepCondition(int Line, BicepExpression Test, BicepExpression Body) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Parts => [Test, Body];
}

/// <summary>Operands joined by operators; which ones does not matter here.</summary>
public sealed record BicepOperation(int Line, IReadOnlyList<BicepExpression> Operands) : BicepExpression(Line)
{
    public override IEnumerable<BicepExpression> Parts => Operands;
}
