using NetVips;

namespace PoseFunctions.Imaging;

/// <summary>
/// What libvips writes to its log. Nobody else sees it: a library must not write to the console of a service, and the lines would
/// mix the photos of all requests. Only one line counts, because libvips tells of a loss in a JPEG's last rows nowhere else.
/// </summary>
internal static class DecoderWarnings
{
    private const string Domain = "VIPS";
    private const string LossReport = "read gave ";

    // The log is one for the process; the line comes on the thread that closes the decoder.
    private static readonly ThreadLocal<int> Losses = new();

    /// <summary>Images with losses whose decoders this thread has closed so far.</summary>
    public static int LossesOfThread => Losses.Value;

    public static void Listen() => Log.SetLogHandler(Domain, Enums.LogLevelFlags.Warning, static (_, _, message) =>
    {
        if (message.StartsWith(LossReport, StringComparison.Ordinal))
        {
            Losses.Value++;
        }
    });
}
