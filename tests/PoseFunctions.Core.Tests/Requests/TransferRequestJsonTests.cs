using System.Text;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
using PoseFunctions.Core.People;
using PoseFunctions.Core.Requests;
using Xunit;

namespace PoseFunctions.Core.Tests.Requests;

public sealed class TransferRequestJsonTests
{
    [Fact]
    public void Parse_OnePose_TakesDefaultsForTheRest()
    {
        var request = Parse("""{"targets":[{"pose":"walk"}]}""");

        Assert.Equal("walk", Assert.Single(request.Targets).Pose);
        Assert.Equal(new(), request.Output);
        Assert.Equal((ImageFormat.Jpeg, 90, null, false), (request.Output.Format, request.Output.Quality, request.Output.LongSide, request.Output.KeepBackground));
        Assert.Equal((PersonSelection.Default, BackgroundOption.Keep, null), (request.Person, request.Output.Background, request.MinCoverage));
        Assert.Null(request.Generator);
        Assert.Null(request.ExpiresAt);
    }

    [Fact]
    public void Parse_PartOfTheOutput_TakesDefaultsForItsRest()
    {
        var output = Parse("""{"targets":[{"pose":"walk"}],"output":{"longSide":512}}""").Output;

        Assert.Equal(new() { LongSide = 512 }, output);
    }

    [Fact]
    public void Write_RequestThatSaysNothingOfPeople_IsWhatItWasBefore()
    {
        var json = System.Text.Encoding.UTF8.GetString(TransferRequestJson.Write(new() { Targets = [new() { Pose = "front" }] }));

        Assert.DoesNotContain("person", json, StringComparison.Ordinal);
        Assert.DoesNotContain("background\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("sources", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WhatWriteWrote_IsTheSame()
    {
        var request = new TransferRequest
        {
            Generator = "xing",
            Targets = [new() { Photo = "p/q.jpg" }, new() { Keypoints = [.. Enumerable.Range(0, 18).Select(i => i == 2 ? null : new[] { 0.25f, i / 18f })] }],
            Person = new(PersonRule.Largest, new(0.1, -0.2, 0.30000000000000004, 1.5)),
            Sources = ["p/back.jpg", "side.jpg"],
            MinCoverage = 0.25,
            InventLimbs = true,
            Output = new() { Format = ImageFormat.Avif, Quality = 1, LongSide = 4096, KeepBackground = true, Background = BackgroundOption.Transparent },
            ExpiresAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)),
        };

        Assert.Equivalent(request, TransferRequestJson.Parse(TransferRequestJson.Write(request)), strict: true);
    }

    [Theory]
    [InlineData("\"left\"", PersonRule.Left)]
    [InlineData("\"only\"", PersonRule.Only)]
    [InlineData("null", PersonRule.Largest)]
    public void Parse_PersonByRule_IsRead(string person, PersonRule rule) =>
        Assert.Equal(new(rule), ParseWith($"\"person\":{person}").Person);

    [Theory]
    [InlineData("[0.25,0,0.5,1]")]
    [InlineData("\"0.25,0,0.5,1\"")]
    public void Parse_PersonByBox_IsReadAndWrittenAsNumbers(string person)
    {
        var request = ParseWith($"\"person\":{person}");

        Assert.Equal(new PersonBox(0.25, 0, 0.5, 1), request.Person.Box);
        Assert.Contains("\"person\":[0.25,0,0.5,1]", Encoding.UTF8.GetString(TransferRequestJson.Write(request)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"tallest\"")]
    [InlineData("3")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[0.1,0.2,0.3]")]
    [InlineData("[0.1,0.2,0.3,0.4,0.5]")]
    [InlineData("[0.1,0.2,0.3,\"0.4\"]")]
    [InlineData("[0.1,0.2,0.3,[0.4]]")]
    [InlineData("[0.1,0.2,0,0.4]")]
    [InlineData("[1e999,0.2,0.3,0.4]")]
    public void Parse_PersonThatIsNone_IsRejectedAndSaysWhatItMayBe(string person)
    {
        var rejection = Assert.Throws<RejectedException>(() => ParseWith($"\"person\":{person}"));

        Assert.Equal(FailureCodes.RequestInvalid, rejection.Code);
        Assert.Contains($"'person' must be {PersonSelection.Expected}", rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"keep\"", "keep")]
    [InlineData("\"transparent\"", "transparent")]
    [InlineData("\"#F4f4F4\"", "#f4f4f4")]
    [InlineData("null", "keep")]
    public void Parse_Background_IsRead(string background, string name) => Assert.Equal(
        name, ParseWith($$""" "output":{"format":"png","background":{{background}}}""").Output.Background.Name);

    [Theory]
    [InlineData("\"green\"")]
    [InlineData("\"#fff\"")]
    [InlineData("7")]
    [InlineData("[255,255,255]")]
    public void Parse_BackgroundThatIsNone_IsRejectedAndSaysWhatItMayBe(string background)
    {
        var rejection = Assert.Throws<RejectedException>(() => ParseWith($$""" "output":{"background":{{background}}}"""));

        Assert.Equal(FailureCodes.RequestInvalid, rejection.Code);
        Assert.Contains($"'output.background' must be {BackgroundOption.Expected}", rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpeg", false)]
    [InlineData("png", true)]
    [InlineData("webp", true)]
    [InlineData("avif", true)]
    public void Parse_TransparentBackground_IsOnlyForFormatsWithAnOpacity(string format, bool taken) => Assert.Equal(
        taken, Record.Exception(() => ParseWith($$""" "output":{"format":"{{format}}","background":"transparent"}""")) is null);

    [Theory]
    [InlineData("0", true)]
    [InlineData("1", true)]
    [InlineData("-0.1", false)]
    [InlineData("1.1", false)]
    [InlineData("\"half\"", false)]
    public void Parse_MinCoverage_IsAShare(string share, bool taken) =>
        Assert.Equal(taken, Record.Exception(() => ParseWith($"\"minCoverage\":{share}")) is null);

    [Theory]
    [InlineData("", "not valid")]
    [InlineData("null", "null")]
    [InlineData("[]", "not valid")]
    [InlineData("{", "not valid")]
    [InlineData("{}", "1 to 64 targets")]
    [InlineData("""{"targets":null}""", "1 to 64 targets")]
    [InlineData("""{"targets":[]}""", "1 to 64 targets")]
    [InlineData("""{"targets":[null]}""", "targets[0] must be an object")]
    [InlineData("""{"targets":[{}]}""", "exactly one of")]
    [InlineData("""{"targets":[{"pose":"a","photo":"b"}]}""", "exactly one of")]
    [InlineData("""{"targets":[{"pose":"a"}],"quality":3}""", "quality")]
    [InlineData("""{"targets":[{"pose":"a","poze":"b"}]}""", "poze")]
    [InlineData("""{"targets":[{"pose":"a"}],"targets":[{"pose":"b"}]}""", "targets")]
    [InlineData("""{"targets":[{"pose":1}]}""", "not valid")]
    [InlineData("""{"targets":[{"pose":"a"}],"sources":["b","c","d","e"]}""", "sources names at most 3 more, got 4")]
    [InlineData("""{"targets":[{"pose":"a"}],"sources":["b","c","b"]}""", "sources[2] names 'b' again")]
    [InlineData("""{"targets":[{"pose":"a"}],"sources":["b",""]}""", "sources[1] is the name of a photo")]
    [InlineData("""{"targets":[{"pose":"a"}],"sources":[null]}""", "sources[0] is the name of a photo")]
    [InlineData("""{"targets":[{"pose":"a"}],"sources":"b"}""", "sources")]
    [InlineData("""{"targets":[{"pose":"a"}],"output":3}""", "not valid")]
    [InlineData("""{"targets":[{"pose":"a"}],"output":{"quality":0}}""", "quality is 1 to 100")]
    [InlineData("""{"targets":[{"pose":"a"}],"output":{"quality":101}}""", "quality is 1 to 100")]
    [InlineData("""{"targets":[{"pose":"a"}],"output":{"longSide":15}}""", "longSide is 16 to 4096")]
    [InlineData("""{"targets":[{"pose":"a"}],"output":{"longSide":4097}}""", "longSide is 16 to 4096")]
    [InlineData("""{"targets":[{"pose":"a"}],"output":{"format":"gif"}}""", "not valid")]
    [InlineData("""{"targets":[{"pose":"a"}],"output":{"format":17}}""", "not valid")]
    [InlineData("""{"targets":[{"pose":"a"}],"expiresAt":"tomorrow"}""", "not valid")]
    [InlineData("""{"targets":[{"keypoints":[]}]}""", "needs 18 entries, got 0")]
    [InlineData("""{"targets":[{"pose":"a"}]} x""", "not valid")]
    public void Parse_RequestThatIsWrong_IsRejectedAndSaysWhy(string json, string reason)
    {
        var rejection = Assert.Throws<RejectedException>(() => Parse(json));

        Assert.Equal(FailureCodes.RequestInvalid, rejection.Code);
        Assert.Contains(reason, rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[0.5,2.5]")]
    [InlineData("[-1.5,0]")]
    [InlineData("[0.5]")]
    [InlineData("[0.5,0.5,1]")]
    [InlineData("[1e39,0]")]
    public void Parse_KeypointThatIsNone_IsRejectedByIndex(string point)
    {
        var points = string.Join(',', Enumerable.Repeat("[0.5,0.5]", 17).Append(point));

        var rejection = Assert.Throws<RejectedException>(() => Parse($$"""{"targets":[{"pose":"a"},{"keypoints":[{{points}}]}]}"""));

        Assert.Contains("targets[1].keypoints[17]", rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[0,0]")]
    [InlineData("[0.0,-0.0]")]
    public void Parse_ThreeJointsOnly_IsRejectedHoweverTheOthersAreMissing(string missing)
    {
        var points = string.Join(',', Enumerable.Repeat("[0.5,0.5]", 3).Concat(Enumerable.Repeat(missing, 15)));

        var rejection = Assert.Throws<RejectedException>(() => Parse($$"""{"targets":[{"keypoints":[{{points}}]}]}"""));

        Assert.Contains("at least 4 joints", rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Parse_ManyTargets_AreTakenUpToTheMost(int count, bool taken)
    {
        var json = $$"""{"targets":[{{string.Join(',', Enumerable.Repeat("""{"pose":"a"}""", count))}}]}""";

        Assert.Equal(taken, Record.Exception(() => Parse(json)) is null);
    }

    private static TransferRequest ParseWith(string property) => Parse($$"""{"targets":[{"pose":"a"}],{{property}}}""");

    private static TransferRequest Parse(string json) => TransferRequestJson.Parse(Encoding.UTF8.GetBytes(json));
}
