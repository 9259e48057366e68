namespace PoseFunctions.Inference.Tensors;

/// <summary>What a session declares about one of its inputs or outputs.</summary>
public sealed record TensorInfo(string Name, TensorElementType Type, IReadOnlyList<TensorAxis> Axes)
{
    public override string ToString() => $"{Name}: {Type}[{string.Join(", ", Axes)}]";
}
