using System.Text.Json;
using PoseFunctions.Core.People;
using PoseFunctions.Testing;
using Xunit;

namespace PoseFunctions.Inference.Tests.People;

/// <summary>The parser that ships, on annotated street photos, with all that is around it: finding, landmarks, the turned square.</summary>
public sealed class StreetPhotoTests(ITestOutputHelper log)
{
    /// <summary>Far below what is measured over all of them: this sees a wrong square, mask or joint map, not a worse training.</summary>
    private const double Bar = 0.6;

    private const int Photos = 12;
    private const int Ignored = -1;

    private static readonly string[] Groups = ["background", "hair", "skin", "upper clothes", "lower clothes", "shoes"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parse_StreetPhotos_FindsTheAnnotatedParts()
    {
        var folder = SharedTestData.Require("photos", "ccp", "eval");
        var names = JsonSerializer.Deserialize<string[]>(await File.ReadAllBytesAsync(SharedTestData.Require("photos", "ccp", "labels.json"), Cancel))!;
        int[] groups = [.. names.Select(GroupOf)];
        using var models = ParserUnderTest.OfTheService();
        var (both, either) = (new long[Groups.Length], new long[Groups.Length]);
        foreach (var path in Directory.EnumerateFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Take(Photos))
        {
            using var photo = ParserUnderTest.Decode(path);
            using var truth = NetVips.Image.NewFromFile(Path.ChangeExtension(path, ".png"));
            Assert.Equal((photo.Size.Width, photo.Size.Height, 1), (truth.Width, truth.Height, truth.Bands));
            var wanted = truth.WriteToMemory<byte>();
            var parsed = await models.ParseAsync(photo, Cancel);
            for (var pixel = 0; pixel < wanted.Length; pixel++)
            {
                var found = GroupOfOurs(parsed, (pixel % photo.Size.Width) + 0.5, (pixel / photo.Size.Width) + 0.5);
                Count(groups[wanted[pixel]], found, both, either);
            }
        }

        double[] overlaps = [.. both.Zip(either, (common, all) => common / (double)all)];
        log.WriteLine(string.Join(", ", Groups.Zip(overlaps, (group, overlap) => $"{group} {overlap:0.000}")));
        Assert.True(overlaps.Average() >= Bar, $"mean IoU {overlaps.Average():0.000}");
    }

    private static void Count(int wanted, int found, long[] both, long[] either)
    {
        if (wanted == Ignored || found == Ignored)
        {
            return;
        }

        either[wanted]++;
        if (found == wanted)
        {
            both[wanted]++;
        }
        else
        {
            either[found]++;
        }
    }

    private static int GroupOfOurs(ParsedPerson person, double x, double y) => person.Segmentation.LabelNames[person.LabelAt(x, y)] switch
    {
        "background" => 0,
        "hair" => 1,
        "face" or "arms" or "legs" => 2,
        "upper_clothes" => 3,
        "lower_clothes" => 4,
        "shoes" => 5,
        _ => Ignored,
    };

    private static int GroupOf(string annotated) => annotated switch
    {
        "null" => 0,
        "hair" => 1,
        "skin" or "gloves" or "socks" or "stockings" or "tights" => 2,
        "jeans" or "leggings" or "panties" or "pants" or "shorts" or "skirt" => 4,
        "boots" or "clogs" or "flats" or "heels" or "loafers" or "pumps" or "sandals" or "shoes" or "sneakers" or "wedges" => 5,
        "accessories" or "bag" or "belt" or "bracelet" or "earrings" or "glasses" or "hat" or "necklace" or "purse" or "ring" or "scarf"
            or "sunglasses" or "tie" or "wallet" or "watch" => Ignored,
        _ => 3,
    };
}
