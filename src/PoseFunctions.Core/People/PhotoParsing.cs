using System.Diagnostics;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;
using PoseFunctions.Core.Telemetry;

namespace PoseFunctions.Core.People;

/// <summary>Turns an opened photo into a parsed one; the same picture is parsed once, however often it comes.</summary>
public sealed class PhotoParsing(
    IImageCodec codec, IPersonParser parser, IParsedPhotoStore store, RecentWork recent, IOptions<ImageLimits> limits)
{
    /// <summary>
    /// Long side to which photos are shrunk while they are decoded: more than any parser reads, and it bounds the memory.
    /// </summary>
    private const int DecodedLongSide = 2048;

    private static readonly System.Diagnostics.Metrics.Histogram<double> ParseDuration =
        PoseFunctionsTelemetry.DurationHistogram("posefunctions.parse.duration", "Download, decode and parse of a photo.");

    /// <summary>Reads, decodes and parses a photo, and keeps what was found unless the photo is refused.</summary>
    /// <param name="tenant">Whose photo it is.</param>
    /// <param name="upload">The photo.</param>
    /// <param name="selection">Who of the people in it is meant.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The key under which it is kept, and the parsed photo with only the joints that were found.</returns>
    /// <exception cref="RejectedException">The picture is refused, or does not show whom it should, or not enough of them.</exception>
    public async Task<(ParsedPhotoKey Key, ParsedPhoto Photo)> ParseAsync(
        Tenant tenant, UploadedPhoto upload, PersonSelection selection, CancellationToken cancellationToken)
    {
        using var activity = PoseFunctionsTelemetry.Activities.StartActivity("parse");
        var started = Stopwatch.GetTimestamp();
        using var photo = await DecodeAsync(upload, cancellationToken);
        var key = new ParsedPhotoKey(tenant, photo.Image.ContentHash(), parser.Version, selection.ToString());
        var known = recent.Find(key) ?? await store.FindAsync(key, cancellationToken);
        var parsed = known ?? await ParseAsync(photo, selection, cancellationToken);
        ParseDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);

        // First of all, so that nothing is kept of a photo that is refused.
        var whole = WithFoundJoints(parsed);
        if (known is null)
        {
            await store.WriteAsync(key, parsed, cancellationToken);
        }

        recent.Remember(key, parsed);
        recent.RememberFile(key, photo.File);
        return (key, whole);
    }

    /// <summary>Erases what was found in a photo, here and in storage.</summary>
    public Task ForgetAsync(Tenant tenant, string pixelHash, CancellationToken cancellationToken)
    {
        recent.Forget(tenant, pixelHash);
        return store.DeleteAsync(tenant, pixelHash, cancellationToken);
    }

    /// <summary>The file of a photo that this process parsed a moment ago; null where it has to be read again.</summary>
    public byte[]? FindFile(ParsedPhotoKey key) => recent.FindFile(key);

    /// <summary>A parsed photo that another process may have made; null when it was deleted.</summary>
    public async Task<ParsedPhoto?> FindAsync(ParsedPhotoKey key, CancellationToken cancellationToken)
    {
        var parsed = recent.Find(key) ?? await store.FindAsync(key, cancellationToken);
        return parsed is null ? null : WithFoundJoints(parsed);
    }

    private ParsedPhoto WithFoundJoints(ParsedPhoto parsed) =>
        parsed with { Person = parsed.Person with { Pose = PersonRequirements.Check(parsed.Person, parser.MinimumConfidence) } };

    private async Task<ParsedPhoto> ParseAsync(DecodedPhoto photo, PersonSelection selection, CancellationToken cancellationToken)
    {
        var found = await parser.FindAsync(photo.Image, cancellationToken);
        var square = PersonChoice.Choose(found, selection, photo.Image.Size).Square;
        var turns = UprightPhoto.TurnsFor(square);
        if (turns == 0)
        {
            return await ParseAsync(photo.Image, photo.UprightSize, square, found.Count, cancellationToken);
        }

        using var turned = photo.Image.Turned(turns);
        var stands = UprightPhoto.Turned(square, photo.Image.Size, turns);
        return await ParseAsync(turned, photo.UprightSize.Turned(turns), stands, found.Count, cancellationToken) with { Turns = turns };
    }

    private async Task<ParsedPhoto> ParseAsync(
        RgbImage upright, ImageSize photo, PersonSquare square, int people, CancellationToken cancellationToken)
    {
        var person = (await parser.ParseAsync(upright, square, cancellationToken)).Scaled((double)photo.LongSide / upright.Size.LongSide);
        var extent = person.Extent(photo)
            ?? throw new RejectedException(FailureCodes.PersonMissing, "No person was found in the photo.");
        return new(photo, person, Surround(upright, Surroundings.AreaAround(extent, photo), photo)) { People = people };
    }

    private async Task<DecodedPhoto> DecodeAsync(UploadedPhoto upload, CancellationToken cancellationToken)
    {
        if (upload.Length > limits.Value.MaxBytes)
        {
            throw new RejectedException(
                FailureCodes.ImageTooManyBytes, $"The file has {upload.Length:N0} bytes; at most {limits.Value.MaxBytes:N0} are allowed.");
        }

        var file = new byte[upload.Length];
        await upload.Content.ReadExactlyAsync(file, cancellationToken);
        var info = codec.Identify(file);
        var size = info.Orientation >= 5 ? new ImageSize(info.Size.Height, info.Size.Width) : info.Size;
        return new(codec.Decode(file, DecodedLongSide), size, file);
    }

    private Surroundings Surround(RgbImage upright, PixelRectangle area, ImageSize photo)
    {
        var scale = (double)upright.Size.LongSide / photo.LongSide;
        var (left, top) = ((int)(area.X * scale), (int)(area.Y * scale));
        using var part = upright.Crop(new(
            left,
            top,
            Math.Clamp((int)Math.Round(area.Width * scale), 1, upright.Size.Width - left),
            Math.Clamp((int)Math.Round(area.Height * scale), 1, upright.Size.Height - top)));
        if (part.Size.LongSide <= Surroundings.LongSide)
        {
            return new(area, codec.Encode(part, new(ImageFormat.Png)));
        }

        using var shrunk = codec.Resize(part, part.Size.WithLongSide(Surroundings.LongSide));
        return new(area, codec.Encode(shrunk, new(ImageFormat.Png)));
    }

    private sealed record DecodedPhoto(RgbImage Image, ImageSize UprightSize, byte[] File) : IDisposable
    {
        public void Dispose() => Image.Dispose();
    }
}
