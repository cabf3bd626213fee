using System.Numerics;

namespace Curation.Models.Features;

/// <summary>Evenly spread stretches of a fixed length, as pytorchvideo's constant-clips sampler picks them.</summary>
internal static class ClipSampling
{
    /// <summary>Start of a clip in units of 1/<paramref name="rate"/> s, rounded down, from exact fractions: a rounding error of the last bit would move it by a whole sample.</summary>
    /// <param name="seconds">Length of the whole.</param>
    /// <param name="clipSeconds">Length of a clip.</param>
    /// <param name="clips">Number of clips, 2 or more.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="rate">Units in a second.</param>
    public static long StartUnits(double seconds, int clipSeconds, int clips, int index, int rate)
    {
        var (numerator, denominator) = Fraction(Math.Max(seconds - clipSeconds, 0));
        return (long)(numerator * index * rate / (denominator * (clips - 1)));
    }

    /// <summary>Start of a clip in seconds.</summary>
    public static double StartSeconds(double seconds, int clipSeconds, int clips, int index)
    {
        var room = Math.Max(seconds - clipSeconds, 0);
        return room * index / (clips - 1);
    }

    private static (BigInteger Numerator, BigInteger Denominator) Fraction(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        var power = Math.Max(exponent, 1) - 1075;
        return power >= 0 ? ((BigInteger)mantissa << power, BigInteger.One) : (mantissa, BigInteger.One << -power);
    }
}
