namespace Curation.Filters.Alignment;

/// <summary>A mean absolute difference of luma packed into a byte on a logarithmic scale.</summary>
/// <remarks>Steps are 3 % of (difference + 1/8 grey level): finer than what compression adds to a still picture.</remarks>
public static class MotionCode
{
    private const float StepsPerOctave = 23f;
    private const float Gain = 8f;

    private static readonly float[] Differences = [.. Enumerable.Range(0, 256).Select(code => (MathF.Pow(2, code / StepsPerOctave) - 1) / Gain)];

    /// <summary>Packs a difference.</summary>
    /// <param name="difference">Mean absolute difference in grey levels, 0..255.</param>
    /// <returns>A code; 0 only for a difference below 0.002 grey levels.</returns>
    public static byte Pack(float difference) => (byte)Math.Clamp(MathF.Round(StepsPerOctave * MathF.Log2(1 + (Gain * difference))), 0, 255);

    /// <summary>Unpacks a code.</summary>
    /// <param name="code">A code made by <see cref="Pack"/>.</param>
    /// <returns>Mean absolute difference in grey levels.</returns>
    public static float Unpack(byte code) => Differences[code];
}
