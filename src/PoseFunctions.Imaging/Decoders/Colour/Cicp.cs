namespace PoseFunctions.Imaging.Decoders.Colour;

/// <summary>What the numbers of pixels mean, by code points: ITU-T H.273, tables 2 and 3.</summary>
/// <param name="Primaries">Which red, green and blue.</param>
/// <param name="Transfer">Which curve between number and light.</param>
/// <param name="IsFullRange">Whether 0 and the highest number are black and white, and not some numbers between.</param>
internal readonly record struct Cicp(int Primaries, int Transfer, bool IsFullRange)
{
    private const int Srgb = 1;
    private const int Unspecified = 2;
    private const int DisplayP3 = 12;

    /// <summary>Whether they say nothing.</summary>
    public bool IsUnspecified => (Primaries, Transfer) is (Unspecified, Unspecified);

    /// <summary>
    /// Whether a screen shows the numbers as it shows sRGB. The primaries of standard television differ by less than a viewer sees.
    /// </summary>
    public bool IsSrgb => IsScreenCurve && Primaries is Srgb or Unspecified or 5 or 6;

    /// <summary>Whether they are those of today's phone screens: wider primaries under the curve of sRGB.</summary>
    public bool IsDisplayP3 => IsScreenCurve && Primaries is DisplayP3;

    // The curves of BT.709, of a gamma of 2.2, of BT.601, sRGB and BT.2020 for standard range: all made for the same kind of screen.
    private bool IsScreenCurve => IsFullRange && Transfer is Srgb or Unspecified or 4 or 6 or 13 or 14 or 15;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{PrimariesName} primaries, {TransferName} transfer{(IsFullRange ? "" : ", narrow range")}";

    private string PrimariesName => Primaries switch
    {
        Srgb => "BT.709",
        9 => "BT.2020",
        DisplayP3 => "Display P3",
        _ => $"kind {Primaries}",
    };

    private string TransferName => Transfer switch
    {
        8 => "linear",
        13 => "sRGB",
        16 => "PQ",
        18 => "HLG",
        _ => $"kind {Transfer}",
    };
}
