namespace PoseFunctions.Core.Generation.Views;

/// <summary>How much of every cell of a generated frame is taken from which view of the person.</summary>
/// <param name="Shares">For every view its share of each cell, 0 to 1, row by row; over the views they sum to 1.</param>
/// <param name="Surface">The person as all views together show them: coverage is measured on it, and the outline drawn.</param>
internal sealed record ViewBlend(IReadOnlyList<float[]> Shares, PersonSurface Surface)
{
    /// <summary>From one view to the other it goes over so many cells.</summary>
    private const int Softness = 1;

    private const float Even = 0.5f;

    /// <summary>Blends views; one alone stays as it is.</summary>
    public static ViewBlend Of(IReadOnlyList<SurfaceFlow> views)
    {
        if (views is [var only])
        {
            return new([[.. Enumerable.Repeat(1f, only.Person.Length)]], only);
        }

        var size = views[0].Size;
        var shares = ViewChoice.SharesNear(ViewChoice.Among(views), views.Count, size, Softness);
        return new(shares, new PersonSurface(size, VisibilityIn(views), OutlineOf(views, shares)));
    }

    /// <summary>As sure as the surest view. One that has nobody in a cell says nothing of it.</summary>
    private static float[] VisibilityIn(IReadOnlyList<SurfaceFlow> views) =>
    [
        .. Enumerable.Range(0, views[0].Visibility.Length)
            .Select(cell => views.Max(view => view.Person[cell] >= Even ? view.Visibility[cell] : 0)),
    ];

    /// <summary>A cell shows the person as surely as the views say that it is painted from: pixels and outline must fit.</summary>
    private static float[] OutlineOf(IReadOnlyList<SurfaceFlow> views, float[][] shares) =>
    [
        .. Enumerable.Range(0, views[0].Person.Length)
            .Select(cell => views.Zip(shares, (view, share) => view.Person[cell] * share[cell]).Sum()),
    ];
}
