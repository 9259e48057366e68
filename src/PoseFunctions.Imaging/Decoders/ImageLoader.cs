using System.Diagnostics;
using PoseFunctions.Core.Images;
using PoseFunctions.Imaging.Native;

namespace PoseFunctions.Imaging.Decoders;

/// <summary>Opens a file with the one loader of its format. Only the header is read until pixels are asked for.</summary>
internal static class ImageLoader
{
    private const int SequentialAccess = 1;
    private const int FailOnError = 2;

    public static VipsImage Open(PinnedMemory encoded, ImageFormat format, Shrink shrink)
    {
        using var load = new VipsOperation(LoaderOf(format))
            .With("buffer", encoded)
            .With("access", SequentialAccess)
            .With("fail-on", FailOnError);
        if (shrink != Shrink.None)
        {
            switch (format)
            {
                case ImageFormat.Jpeg:
                    load.With("shrink", shrink.Factor);
                    break;
                case ImageFormat.WebP:
                    load.With("scale", 1.0 / shrink.Factor);
                    break;
            }
        }

        return load.RunForImage();
    }

    private static string LoaderOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "jpegload_buffer",
        ImageFormat.Png => "pngload_buffer",
        ImageFormat.WebP => "webpload_buffer",
        ImageFormat.Avif => "heifload_buffer",
        _ => throw new UnreachableException(),
    };
}
