using PoseFunctions.Inference.Parsing;
using Xunit;

namespace PoseFunctions.Inference.Tests.Parsing;

public sealed class KeypointDecoderTests
{
    [Fact]
    public void GaussianHeatmaps_CalledUntilTheRuntimeHasRecompiledIt_FindsTheSamePeak()
    {
        const int width = 48, height = 64;
        var heatmaps = new float[18 * width * height];
        for (var joint = 0; joint < 18; joint++)
        {
            heatmaps[(joint * width * height) + ((20 + joint) * width) + 10 + joint] = 0.9f;
        }

        for (var call = 0; call < 2000; call++)
        {
            var found = KeypointDecoders.GaussianHeatmaps(heatmaps, 18, height, width);
            Assert.All(found, (joint, index) =>
            {
                Assert.Equal(0.9f, joint.Confidence);
                Assert.Equal((20 + index + 0.5) / height, joint.Y, 4);
            });
        }
    }
}
