using System.Text;
using PoseFunctions.Core.Failures;
using PoseFunctions.Core.Images;
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
    public void Parse_WhatWriteWrote_IsTheSame()
    {
        var request = new TransferRequest
        {
            Generator = "xing",
            Targets = [new() { Photo = "p/q.jpg" }, new() { Keypoints = [.. Enumerable.Range(0, 18).Select(i => i == 2 ? null : new[] { 0.25f, i / 18f })] }],
            Output = new() { Format = ImageFormat.Avif, Quality = 1, LongSide = 4096, KeepBackground = true },
            ExpiresAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)),
        };

        Assert.Equivalent(request, TransferRequestJson.Parse(TransferRequestJson.Write(request)), strict: true);
    }

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

    [Fact]
    public void Parse_ThreeJointsOnly_IsRejected()
    {
        var points = string.Join(',', Enumerable.Repeat("[0.5,0.5]", 3).Concat(Enumerable.Repeat("null", 15)));

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

    private static TransferRequest Parse(string json) => TransferRequestJson.Parse(Encoding.UTF8.GetBytes(json));
}
