using PoseFunctions.Core.Images;

namespace PoseFunctions.Imaging.Codecs;

/// <summary>A codec that this build has.</summary>
/// <param name="Name">What the setting calls it.</param>
/// <param name="Create">Makes it; only the chosen one is made, so that no other needs its libraries.</param>
internal sealed record CodecChoice(string Name, Func<IServiceProvider, IImageCodec> Create)
{
    /// <summary>The default codec.</summary>
    public const string LibVips = "libvips";

    /// <summary>The codec that only the Azure package set has.</summary>
    public const string ImageSharp = "imagesharp";

    /// <summary>Whether a setting means this codec.</summary>
    public bool IsNamed(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
