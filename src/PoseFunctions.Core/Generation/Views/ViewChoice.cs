using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.Generation.Views;

/// <summary>Decides for every cell of a generated frame which view of the person it is taken from.</summary>
/// <remarks>
/// That which most probably shows the person's surface there. Where views are about as sure, the cell goes with its neighbours (as in
/// iterated conditional modes, Besag, "On the statistical analysis of dirty pictures", 1986), so that a garment is not patched.
/// </remarks>
internal static class ViewChoice
{
    /// <summary>What no view shows more surely than this is taken for unseen: from here on the photo's pixels count.</summary>
    public const float Unseen = 0.35f;

    private const float Even = 0.5f;

    /// <summary>How much surer a view must be than one that was taken for all of the neighbourhood.</summary>
    private const float Loyalty = 0.2f;

    private const int Reach = 2;
    private const int Rounds = 4;

    /// <summary>Index of the view for every cell. Of equals the first; where none shows anything, the one that shows most in all.</summary>
    public static int[] Among(IReadOnlyList<SurfaceFlow> views)
    {
        var size = views[0].Size;
        var seen = views.Select(view => view.Visibility.Zip(view.Person, (visibility, person) => visibility * person).ToArray()).ToArray();
        var inAll = views.Select(ShareSeen).ToArray();
        var most = Array.IndexOf(inAll, inAll.Max());
        var chosen = Choose(seen, most, (_, _) => 0);
        for (var round = 0; round < Rounds; round++)
        {
            var near = SharesNear(chosen, views.Count, size, Reach);
            chosen = Choose(seen, most, (view, cell) => Loyalty * near[view][cell]);
        }

        return chosen;
    }

    /// <summary>For every view and cell the share of the cells round it, at most <paramref name="reach"/> away, that are taken from the view.</summary>
    public static float[][] SharesNear(int[] chosen, int views, ImageSize size, int reach) =>
    [
        .. Enumerable.Range(0, views).Select(view => CellBlur.Of([.. chosen.Select(one => one == view ? 1f : 0f)], size, reach)),
    ];

    private static int[] Choose(float[][] seen, int most, Func<int, int, float> bonus)
    {
        var chosen = new int[seen[0].Length];
        for (var cell = 0; cell < chosen.Length; cell++)
        {
            var (best, highest) = (most, float.NegativeInfinity);
            for (var view = 0; view < seen.Length; view++)
            {
                if (seen[view][cell] > Unseen && seen[view][cell] + bonus(view, cell) is var score && score > highest)
                {
                    (best, highest) = (view, score);
                }
            }

            chosen[cell] = best;
        }

        return chosen;
    }

    private static double ShareSeen(SurfaceFlow view)
    {
        var person = Enumerable.Range(0, view.Person.Length).Where(cell => view.Person[cell] >= Even).ToArray();
        return person.Length == 0 ? 0 : (double)person.Count(cell => view.Visibility[cell] >= Even) / person.Length;
    }
}
