using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Core.Generation.Composition;

/// <summary>Finds the outline of a generated person, where the generator itself does not tell it: by looking at what it made.</summary>
public sealed class PersonOutline(IPersonParser parser)
{
    /// <summary>A parser that sees less of the frame as a person than this has not understood what was generated.</summary>
    private const double SmallestShare = 0.02;

    /// <summary>For every pixel of a generated frame 1 where the person is and 0 elsewhere; 1 everywhere where no person is seen.</summary>
    internal async Task<float[]> FindAsync(RgbImage generated, Pose pose, CancellationToken cancellationToken)
    {
        var person = await parser.ParseAsync(generated, PersonSquare.Around(pose), cancellationToken);
        var size = generated.Size;
        var outline = new float[size.Width * size.Height];
        for (var cell = 0; cell < outline.Length; cell++)
        {
            outline[cell] = person.LabelAt((cell % size.Width) + 0.5, (cell / size.Width) + 0.5) == 0 ? 0 : 1;
        }

        if (outline.Sum() < SmallestShare * outline.Length)
        {
            outline.AsSpan().Fill(1);
        }

        return outline;
    }
}
