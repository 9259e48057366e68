using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;

namespace PoseFunctions.Core.People;

/// <summary>Chooses the person whom a caller means among those found in a photo.</summary>
public static class PersonChoice
{
    /// <summary>Who has less than this share of the largest one's area stands in the background.</summary>
    private const double LikeSize = 0.4;

    /// <summary>A box means somebody only if it has at least this in common with where that person is.</summary>
    private const double FewestOverlap = 0.1;

    /// <summary>The person that is meant.</summary>
    /// <param name="found">Everybody found.</param>
    /// <param name="selection">What the caller said.</param>
    /// <param name="photo">Size of the photo, for boxes, which come as fractions.</param>
    /// <exception cref="RejectedException">
    /// <see cref="FailureCodes.PersonMissing"/>: nobody was found, or nobody where the box is;
    /// <see cref="FailureCodes.PersonAmbiguous"/>: several of like size, where only one was expected.
    /// </exception>
    public static FoundPerson Choose(IReadOnlyList<FoundPerson> found, PersonSelection selection, ImageSize photo)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(selection);
        if (found.Count == 0)
        {
            throw new RejectedException(FailureCodes.PersonMissing, "No person was found in the photo.");
        }

        if (selection.Box is { } fractions)
        {
            return At(found, fractions, photo);
        }

        var middle = photo.Width / 2.0;
        var bySize = found.OrderByDescending(person => person.Box.Area).ThenBy(person => Math.Abs(person.Box.CenterX - middle)).ToList();
        var large = bySize.Where(person => person.Box.Area >= LikeSize * bySize[0].Box.Area).ToList();
        return selection.Rule switch
        {
            PersonRule.Left => large.MinBy(person => person.Box.CenterX)!,
            PersonRule.Right => large.MaxBy(person => person.Box.CenterX)!,
            PersonRule.Only when large.Count > 1 => throw new RejectedException(
                FailureCodes.PersonAmbiguous,
                $"{large.Count} people of like size are in the photo, where only one was expected; say with 'person' which one is meant."),
            _ => bySize[0],
        };
    }

    private static FoundPerson At(IReadOnlyList<FoundPerson> found, PersonBox fractions, ImageSize photo)
    {
        var box = new PersonBox(
            fractions.X * photo.Width, fractions.Y * photo.Height, fractions.Width * photo.Width, fractions.Height * photo.Height);
        var nearest = found.MaxBy(person => person.Box.Overlap(box))!;
        return nearest.Box.Overlap(box) >= FewestOverlap
            ? nearest
            : throw new RejectedException(
                FailureCodes.PersonMissing, $"No person was found where the box is; found elsewhere in the photo: {found.Count}.");
    }
}
