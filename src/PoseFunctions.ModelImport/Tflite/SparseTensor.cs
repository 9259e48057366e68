namespace PoseFunctions.ModelImport.Tflite;

/// <summary>
/// The layout of a sparse constant (table <c>SparsityParameters</c> of the schema): its elements are walked dimension by dimension
/// in an order of its own, blocks of elements being dimensions like others, and of a compressed dimension only those places are
/// there that segments and indices name, as in a compressed sparse row.
/// </summary>
internal sealed class SparseTensor
{
    // Far above every real one: what a damaged file asks for is not allocated.
    private const long MostBytes = 1 << 28;

    private readonly int[] shape;
    private readonly Dimension[] dimensions;
    private readonly int[] steps;

    /// <exception cref="ModelImportException">The layout does not fit the shape.</exception>
    public SparseTensor(FlatTable sparsity, int[] shape)
    {
        this.shape = shape;
        var order = sparsity.Numbers<int>(0);
        var blocks = sparsity.Numbers<int>(1);
        var levels = sparsity.Tables(2);
        var sound = levels.Length == order.Length
            && order.Order().SequenceEqual(Enumerable.Range(0, shape.Length + blocks.Length))
            && blocks.All(axis => axis >= 0 && axis < shape.Length);
        if (!sound)
        {
            throw new ModelImportException("The file is damaged: a sparse tensor's layout does not fit its shape.");
        }

        // An axis cut into blocks counts blocks; the place inside of one is a later dimension of the same axis.
        steps = [.. Enumerable.Repeat(1, shape.Length)];
        for (var level = 0; level < order.Length; level++)
        {
            if (order[level] >= shape.Length)
            {
                steps[blocks[order[level] - shape.Length]] = levels[level].Number(1);
            }
        }

        dimensions = [.. levels.Select((level, index) => Dimension.Read(level, order[index], shape.Length, blocks))];
    }

    /// <summary>Every element, in the usual order, those that are not stored being 0.</summary>
    /// <param name="stored">The elements that are stored, one after the other.</param>
    /// <param name="elementSize">Bytes an element.</param>
    public byte[] Densify(byte[] stored, int elementSize)
    {
        var size = shape.Aggregate((long)elementSize, (product, length) => checked(product * length));
        var dense = size <= MostBytes ? new byte[size] : throw new ModelImportException($"A sparse tensor of {size} bytes is too large.");
        Walk(0, 0, new int[shape.Length], (place, element) =>
            stored.AsSpan(element * elementSize, elementSize).CopyTo(dense.AsSpan(Flatten(place) * elementSize)));
        return dense;
    }

    private void Walk(int level, int element, int[] place, Action<int[], int> visit)
    {
        if (level == dimensions.Length)
        {
            visit(place, element);
            return;
        }

        var dimension = dimensions[level];
        var step = dimension.IsInsideBlock ? 1 : steps[dimension.Axis];
        foreach (var (index, next) in dimension.Entries(element))
        {
            place[dimension.Axis] += index * step;
            Walk(level + 1, next, place, visit);
            place[dimension.Axis] -= index * step;
        }
    }

    private int Flatten(int[] place)
    {
        var flat = 0;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            flat = place[axis] < shape[axis]
                ? (flat * shape[axis]) + place[axis]
                : throw new ModelImportException("The file is damaged: a sparse tensor has elements outside its shape.");
        }

        return flat;
    }

    /// <param name="Axis">The axis of the tensor that it runs along.</param>
    /// <param name="IsInsideBlock">Whether it counts elements of a block, not blocks.</param>
    /// <param name="Size">Its length, where all of its places are there.</param>
    /// <param name="Segments">Where each row of a compressed one starts in <paramref name="Indices"/>; null where all places are there.</param>
    /// <param name="Indices">The places that are there.</param>
    private sealed record Dimension(int Axis, bool IsInsideBlock, int Size, int[]? Segments, int[] Indices)
    {
        public static Dimension Read(FlatTable table, int number, int axes, int[] blocks)
        {
            var isInside = number >= axes;
            var axis = isInside ? blocks[number - axes] : number;
            return table.Byte(0) == 0
                ? new(axis, isInside, table.Number(1), null, [])
                : new(axis, isInside, 0, Vector(table, 2), Vector(table, 4));
        }

        /// <summary>Every place that is there below an element of the dimension before, with its own element's number.</summary>
        public IEnumerable<(int Index, int Element)> Entries(int parent) => Segments is null
            ? Enumerable.Range(0, Size).Select(index => (index, (parent * Size) + index))
            : Enumerable.Range(Segments[parent], Segments[parent + 1] - Segments[parent]).Select(element => (Indices[element], element));

        // A union: the number of the vector's type, then the vector in a table.
        private static int[] Vector(FlatTable table, int field) => (table.Byte(field), table.Table(field + 1)) switch
        {
            (1, { } vector) => vector.Numbers<int>(0),
            (2, { } vector) => [.. vector.Numbers<ushort>(0).Select(value => (int)value)],
            (3, { } vector) => [.. vector.Numbers<byte>(0).Select(value => (int)value)],
            _ => throw new ModelImportException("The file is damaged: a sparse tensor lacks the places of its elements."),
        };
    }
}
