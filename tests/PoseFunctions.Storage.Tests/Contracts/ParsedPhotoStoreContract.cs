using PoseFunctions.Core.Jobs;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Poses;

namespace PoseFunctions.Storage.Tests.Contracts;

/// <summary>What every <see cref="IParsedPhotoStore"/> promises.</summary>
public abstract class ParsedPhotoStoreContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IParsedPhotoStore Store { get; }

    protected ParsedPhotoKey Key { get; } = new(Tenant.Default, Guid.NewGuid().ToString("n"), "keypoints 1.0/parsing 2.0+β");

    [Fact]
    public async Task WriteAsync_Photo_ReadsBackEqual()
    {
        var photo = APhoto(labels: 20);

        await Store.WriteAsync(Key, photo, Cancellation);
        var found = await Store.FindAsync(Key, Cancellation);

        Assert.Equal(photo.PhotoSize, found!.PhotoSize);
        Assert.Equal(photo.Person.Pose.Keypoints.ToArray(), found.Person.Pose.Keypoints.ToArray());
        Assert.Equal(photo.Person.Segmentation.Size, found.Person.Segmentation.Size);
        Assert.Equal(photo.Person.Segmentation.Labels, found.Person.Segmentation.Labels);
        Assert.Equal(photo.Person.Segmentation.LabelNames, found.Person.Segmentation.LabelNames);
        Assert.Equal(photo.Person.Square, found.Person.Square);
        Assert.Equal((photo.People, photo.Turns), (found.People, found.Turns));
        Assert.Equal(photo.Surroundings.Area, found.Surroundings.Area);
        Assert.Equal(photo.Surroundings.Picture, found.Surroundings.Picture);
    }

    [Fact]
    public async Task WriteAsync_SameKeyAgain_ChangesNothing()
    {
        await Store.WriteAsync(Key, APhoto(labels: 20), Cancellation);
        await Store.WriteAsync(Key, APhoto(labels: 3), Cancellation);

        Assert.Equal(20, (await Store.FindAsync(Key, Cancellation))!.Person.Segmentation.LabelNames.Count);
    }

    [Theory]
    [InlineData("keypoints 1.0/parsing 2.0+γ")]
    [InlineData("keypoints-1.0-parsing-2.0--")]
    [InlineData("")]
    public async Task FindAsync_OtherParserVersion_ReturnsNull(string version)
    {
        await Store.WriteAsync(Key, APhoto(), Cancellation);

        Assert.Null(await Store.FindAsync(Key with { ParserVersion = version }, Cancellation));
    }

    [Theory]
    [InlineData("left")]
    [InlineData("0.1,0.2,0.3,0.4")]
    [InlineData("0.1,0.2,0.3,0.40000000000000002")]
    public async Task FindAsync_SomebodyElseInTheSamePhoto_ReturnsNull(string person)
    {
        await Store.WriteAsync(Key, APhoto(), Cancellation);
        await Store.WriteAsync(Key with { Person = "0.1,0.2,0.3,0.41" }, APhoto(), Cancellation);

        Assert.Null(await Store.FindAsync(Key with { Person = person }, Cancellation));
        Assert.Null(await Store.FindLatentsAsync(new(Key with { Person = person }, new('a', 64)), Cancellation));
    }

    [Fact]
    public async Task FindAsync_OtherTenant_ReturnsNull()
    {
        await Store.WriteAsync(Key, APhoto(), Cancellation);

        Assert.Null(await Store.FindAsync(Key with { Tenant = Tenant.Parse("other") }, Cancellation));
    }

    [Fact]
    public async Task DeleteAsync_Twice_LeavesOnlyOtherPhotosAndIsNoError()
    {
        var newer = Key with { ParserVersion = "keypoints 2.0" };
        var (left, boxed) = (Key with { Person = "left" }, Key with { Person = "0.1,0.2,0.3,0.4" });
        var (other, foreign) = (Key with { PixelHash = Key.PixelHash + "0" }, Key with { Tenant = Tenant.Parse("other") });
        foreach (var key in (ParsedPhotoKey[])[Key, newer, left, boxed, other, foreign])
        {
            await Store.WriteAsync(key, APhoto(), Cancellation);
        }

        await Store.DeleteAsync(Key.Tenant, Key.PixelHash, Cancellation);
        await Store.DeleteAsync(Key.Tenant, Key.PixelHash, Cancellation);

        foreach (var key in (ParsedPhotoKey[])[Key, newer, left, boxed])
        {
            Assert.Null(await Store.FindAsync(key, Cancellation));
        }

        Assert.NotNull(await Store.FindAsync(other, Cancellation));
        Assert.NotNull(await Store.FindAsync(foreign, Cancellation));
    }

    [Fact]
    public async Task WriteLatentsAsync_Latents_ReadBackToTheLastBitAndOnlyForTheirPhotoAndEncoder()
    {
        float[] latents = [1.5f, -0f, float.Epsilon, MathF.PI, float.MaxValue];
        var key = new LatentKey(Key, new('a', 64));

        await Store.WriteLatentsAsync(key, latents, Cancellation);
        await Store.WriteLatentsAsync(key, [9f], Cancellation);

        var found = await Store.FindLatentsAsync(key, Cancellation);
        Assert.Equal(latents.Select(BitConverter.SingleToInt32Bits), found!.Select(BitConverter.SingleToInt32Bits));
        Assert.Null(await Store.FindLatentsAsync(key with { EncoderHash = new('b', 64) }, Cancellation));
        Assert.Null(await Store.FindLatentsAsync(key with { Photo = Key with { ParserVersion = "other" } }, Cancellation));
        Assert.Null(await Store.FindLatentsAsync(key with { Photo = Key with { Tenant = Tenant.Parse("other") } }, Cancellation));
        Assert.Null(await Store.FindAsync(Key, Cancellation));
    }

    [Fact]
    public async Task DeleteAsync_PhotoWithLatents_DeletesThemForEveryEncoderAndPerson()
    {
        var (one, other) = (new LatentKey(Key, new('a', 64)), new LatentKey(Key with { Person = "left" }, new('b', 64)));
        await Store.WriteLatentsAsync(one, [1f], Cancellation);
        await Store.WriteLatentsAsync(other, [2f], Cancellation);

        await Store.DeleteAsync(Key.Tenant, Key.PixelHash, Cancellation);

        Assert.Null(await Store.FindLatentsAsync(one, Cancellation));
        Assert.Null(await Store.FindLatentsAsync(other, Cancellation));
    }

    protected static ParsedPhoto APhoto(int labels = 5)
    {
        var pose = new Pose([.. Enumerable.Range(0, Skeleton.JointCount)
            .Select(joint => joint == 4 ? Keypoint.Missing : new Keypoint(joint * 1.1f, -joint / 3f, 0.123456789f))]);
        var map = new SegmentationMap(
            new(40, 60),
            [.. Enumerable.Range(0, 40 * 60).Select(pixel => (byte)(pixel / 37 % labels))],
            [.. Enumerable.Range(0, labels).Select(label => $"part {label}")]);
        var person = new ParsedPerson(pose, map, new(1500.5, 2250.25, 4000, -Math.PI / 7));
        var surroundings = new Surroundings(new(100, 200, 2500, 4000), [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * i))]);
        return new(new(3000, 4500), person, surroundings) { People = 3, Turns = 1 };
    }
}
