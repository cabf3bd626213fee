using System.Globalization;

namespace Curation.Media.Probing;

/// <summary>An exact ratio, such as 30000/1001 frames per second.</summary>
/// <param name="Numerator">Above the line.</param>
/// <param name="Denominator">Below the line; positive.</param>
public readonly record struct Rational(long Numerator, long Denominator)
{
    /// <summary>The nearest floating-point number.</summary>
    public double Value => (double)Numerator / Denominator;

    /// <summary>Reads <c>30000/1001</c>, <c>16:15</c> or <c>25</c>.</summary>
    /// <param name="text">What ffprobe printed; may be null.</param>
    /// <returns>The ratio; null where it is absent, zero, negative or has no denominator, as ffprobe writes the unknown.</returns>
    public static Rational? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;

        var parts = text.Split('/', ':');
        if (parts.Length > 2 || !TryNumber(parts[0], out var numerator)) return null;

        long denominator = 1;
        if (parts.Length == 2 && !TryNumber(parts[1], out denominator)) return null;

        return numerator > 0 && denominator > 0 ? new Rational(numerator, denominator) : null;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
