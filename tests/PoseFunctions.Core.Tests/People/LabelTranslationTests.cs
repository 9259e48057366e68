using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Models;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;
using PoseFunctions.Core.Tests.Support;
using Xunit;

namespace PoseFunctions.Core.Tests.People;

/// <summary>Whatever parser is plugged in, a generator gets the labels that it was trained with.</summary>
public sealed class LabelTranslationTests
{
    private static readonly string[] Coarse = ["background", "skin", "clothes", "hair"];

    private static readonly string[] Lip =
    [
        "background", "hat", "hair", "glove", "sunglasses", "upper_clothes", "dress", "coat", "socks", "pants", "jumpsuits", "scarf", "skirt",
        "face", "left_arm", "right_arm", "left_leg", "right_leg", "left_shoe", "right_shoe",
    ];

    private static readonly string[] LipMeanings =
    [
        "background", "hair", "hair", "arms", "face", "upper_clothes", "upper_clothes", "upper_clothes", "legs", "lower_clothes",
        "upper_clothes", "upper_clothes", "lower_clothes", "face", "arms", "arms", "legs", "legs", "shoes", "shoes",
    ];

    /// <summary>The library's frontal pose, 100 units high, hips at the origin.</summary>
    private static readonly Pose Person = PoseLibrary.Load().Get("front").ToPose().Map((x, y) => (x * 100, y * 100));

    [Fact]
    public void At_OurParser_MergesIntoEachOfTheSmallerSets()
    {
        Assert.Equal([0, 3, 1, 2, 2, 1, 1, 2, 0], Translate(Ours(), FourLabels));
        Assert.Equal([0, 1, 1, 2, 2, 2, 2, 2, 0], Translate(Ours(), ThreeLabels));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], Translate(Ours(), AllLabels));
    }

    [Fact]
    public void At_GeneratorThatKnowsNoAccessories_SeesBackgroundInTheirPlace()
    {
        var known = BodyPart.Names.Where(name => name != BodyPart.Accessory);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 0], Translate(Ours(), Generator(known.Select(name => (name, new[] { name })))));
    }

    [Fact]
    public void At_LipParser_MergesByWhatItsManifestSays()
    {
        var map = Map(Lip, [.. LipMeanings.Select(part => new[] { part })]);

        Assert.Equal([0, 3, 3, 1, 1, 2, 2, 2, 1, 2, 2, 2, 2, 1, 1, 1, 1, 1, 2, 2], Translate(map, FourLabels));
        Assert.Equal([0, 1, 1, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2], Translate(map, ThreeLabels));
    }

    [Fact]
    public void At_GeneratorWithTheParsersVeryNames_KeepsEveryLabel()
    {
        string[] shuffled = ["background", .. Lip[1..].Reverse()];
        var generator = Generator(shuffled.Select((name, index) => (name, index == 0 ? BodyPart.Names.ToArray() : [])));

        Assert.Equal(Lip.Select(name => (byte)Array.IndexOf(shuffled, name)), Translate(Map(Lip, meanings: null), generator));
    }

    [Theory]
    [InlineData(Joint.Nose, "skin", "face")]
    [InlineData(Joint.RightWrist, "skin", "arms")]
    [InlineData(Joint.LeftKnee, "skin", "legs")]
    [InlineData(Joint.RightElbow, "clothes", "upper_clothes")]
    [InlineData(Joint.LeftKnee, "clothes", "lower_clothes")]
    [InlineData(Joint.RightAnkle, "clothes", "shoes")]
    public void At_CoarserParserThanGenerator_TheNearestBoneDecides(Joint place, string seen, string expected)
    {
        var map = Map(Coarse, [["background"], ["face", "arms", "legs"], ["upper_clothes", "lower_clothes", "shoes"], ["hair"]]);
        var keypoint = Person[place];

        var label = LabelTranslation.Between(map, AllLabels).At((byte)Array.IndexOf(Coarse, seen), Person, keypoint.X, keypoint.Y);

        Assert.Equal(expected, BodyPart.Names[label]);
    }

    [Fact]
    public void Between_LabelsThatMeanNothingToUs_NamesThem()
    {
        var failure = Assert.Throws<InfrastructureException>(() => LabelTranslation.Between(Map(Coarse, meanings: null), FourFromOurs));

        Assert.Contains("skin, clothes", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    private static ModelManifest AllLabels { get; } = Generator(BodyPart.Names.Select(name => (name, new[] { name })));

    private static ModelManifest FourLabels { get; } = Generator(
    [
        ("background", ["background"]), ("skin", ["face", "arms", "legs"]), ("clothes", ["upper_clothes", "lower_clothes", "shoes"]), ("hair", ["hair"]),
    ]);

    private static ModelManifest FourFromOurs { get; } = Generator(
    [
        ("background", ["background"]), ("bare", ["face", "arms", "legs"]), ("dressed", ["upper_clothes", "lower_clothes", "shoes"]), ("hairy", ["hair"]),
    ]);

    private static ModelManifest ThreeLabels { get; } = Generator(
    [
        ("background", ["background"]), ("face", ["hair", "face"]), ("body", ["upper_clothes", "lower_clothes", "arms", "legs", "shoes"]),
    ]);

    private static ModelManifest Generator(IEnumerable<(string Name, string[] Merges)> labels) => new ShadingGenerator().Manifest with
    {
        Labels = [.. labels.Select(label => label.Name)],
        LabelMapping = labels.ToDictionary(label => label.Name, label => (IReadOnlyList<string>)label.Merges),
    };

    private static SegmentationMap Ours() => Map([.. BodyPart.Names], meanings: null);

    /// <summary>A map with one pixel of every label.</summary>
    private static SegmentationMap Map(string[] names, string[][]? meanings) =>
        new(new(names.Length, 1), [.. Enumerable.Range(0, names.Length).Select(label => (byte)label)], names, meanings);

    private static byte[] Translate(SegmentationMap map, ModelManifest generator)
    {
        var translation = LabelTranslation.Between(map, generator);
        return [.. map.Labels.Select(label => translation.At(label, Person, 0, 0))];
    }
}
