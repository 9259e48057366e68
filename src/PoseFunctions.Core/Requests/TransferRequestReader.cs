using System.Globalization;
using Microsoft.Extensions.Options;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Photos;
using PoseFunctions.Core.Running;

namespace PoseFunctions.Core.Requests;

/// <summary>Finds out from a photo's metadata what shall be done with it.</summary>
public sealed class TransferRequestReader(IRequestStore requests, IOptions<TransferOptions> options)
{
    private const string WholeNumber = "a whole number";

    /// <summary>The request of a photo; the service's default where it asks for nothing.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.RequestInvalid"/>.</exception>
    public async Task<TransferRequest> ReadAsync(
        Tenant tenant, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        if (metadata.TryGetValue(PhotoMetadata.RequestKey, out var key))
        {
            var json = await requests.FindAsync(tenant, key, cancellationToken)
                ?? throw Invalid($"the request '{key}' that the photo names is not there");
            return TransferRequestJson.Parse(json);
        }

        if (metadata.TryGetValue(PhotoMetadata.Request, out var encoded))
        {
            var json = new byte[encoded.Length];
            return Convert.TryFromBase64String(encoded, json, out var length)
                ? TransferRequestJson.Parse(json.AsSpan(0, length))
                : throw Invalid("the metadata value 'request' is no base64");
        }

        return TransferRequestRules.Check(FromPlainKeys(metadata));
    }

    private static T? Value<T>(IReadOnlyDictionary<string, string> metadata, string key, string expected)
        where T : struct, IParsable<T>
    {
        if (!metadata.TryGetValue(key, out var text))
        {
            return null;
        }

        return T.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Invalid($"'{key}' must be {expected}");
    }

    private static RejectedException Invalid(string problem) =>
        new(FailureCodes.RequestInvalid, $"The request is not valid: {problem}.");

    private static string[] Names(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private TransferRequest FromPlainKeys(IReadOnlyDictionary<string, string> metadata)
    {
        var scene = metadata.GetValueOrDefault(PhotoMetadata.Scene);
        var poses = metadata.GetValueOrDefault(PhotoMetadata.Poses) ?? (scene is null ? options.Value.DefaultPoses : string.Empty);
        var output = new OutputOptions();
        return new()
        {
            Generator = metadata.GetValueOrDefault(PhotoMetadata.Generator),
            Targets = [.. Names(poses).Select(name => new TargetPose { Pose = name })],
            Sources = Names(metadata.GetValueOrDefault(PhotoMetadata.Sources) ?? string.Empty),
            Scene = scene,
            Person = Person(metadata),
            MinCoverage = Value<double>(metadata, PhotoMetadata.MinCoverage, "a number from 0 to 1"),
            InventLimbs = Value<bool>(metadata, PhotoMetadata.InventLimbs, "true or false") ?? false,
            Seed = Value<long>(metadata, PhotoMetadata.Seed, WholeNumber),
            Output = output with
            {
                Format = Format(metadata) ?? output.Format,
                Quality = Value<int>(metadata, PhotoMetadata.Quality, WholeNumber) ?? output.Quality,
                LongSide = Value<int>(metadata, PhotoMetadata.LongSide, WholeNumber),
                KeepBackground = Value<bool>(metadata, PhotoMetadata.KeepBackground, "true or false") ?? false,
                Background = Background(metadata),
            },
            ExpiresAt = Value<DateTimeOffset>(metadata, PhotoMetadata.ExpiresAt, "a time such as 2030-12-31T12:00:00Z"),
        };
    }

    private static PersonSelection Person(IReadOnlyDictionary<string, string> metadata) =>
        !metadata.TryGetValue(PhotoMetadata.Person, out var text) ? PersonSelection.Default
        : PersonSelection.TryParse(text, out var selection) ? selection
        : throw Invalid($"'person' must be {PersonSelection.Expected}");

    private static BackgroundOption Background(IReadOnlyDictionary<string, string> metadata) =>
        !metadata.TryGetValue(PhotoMetadata.Background, out var text) ? BackgroundOption.Keep
        : BackgroundOption.TryParse(text, out var background) ? background
        : throw Invalid($"'background' must be {BackgroundOption.Expected}");

    private static ImageFormat? Format(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(PhotoMetadata.Format, out var text))
        {
            return null;
        }

        return ImageFormats.TryParse(text, out var format)
            ? format
            : throw Invalid($"'format' must be {ImageFormats.Expected}");
    }
}
