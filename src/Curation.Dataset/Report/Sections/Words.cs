using System.Globalization;
using System.Text;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Report.Sections;

/// <summary>How a report writes numbers, lengths of time, limits and names that come from outside.</summary>
internal static class Words
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>A count with thousands marked.</summary>
    public static string Count(long count) => count.ToString("N0", Invariant);

    /// <summary>A count with its noun.</summary>
    public static string Count(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    /// <summary>A share of a whole; small ones are not rounded to nothing, and only a whole is 100 %.</summary>
    public static string Percent(long part, long whole)
    {
        if (whole == 0) return "–";

        var percent = 100.0 * part / whole;
        if (part > 0 && percent < 0.1) return "<\u00a00.1\u00a0%";
        if (part < whole && percent > 99.9) return ">\u00a099.9\u00a0%";
        return percent.ToString(percent is > 0 and < 10 ? "0.#" : part < whole && percent > 99 ? "0.#" : "0", Invariant) + "\u00a0%";
    }

    /// <summary>A length of time in the largest unit that suits it.</summary>
    public static string Time(double seconds) => seconds switch
    {
        >= 36_000 => (seconds / 3600).ToString("N0", Invariant) + "\u00a0h",
        >= 3600 => (seconds / 3600).ToString("0.0", Invariant) + "\u00a0h",
        >= 60 => (seconds / 60).ToString("0.0", Invariant) + "\u00a0min",
        _ => seconds.ToString("0.#", Invariant) + "\u00a0s",
    };

    /// <summary>A place on a source's clock.</summary>
    public static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss\.f" : @"m\:ss\.f", Invariant);

    /// <summary>A number to three digits or so.</summary>
    public static string Number(double value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude < 1e-12) return "0";

        return value.ToString(
            magnitude switch
            {
                >= 100 => "#,0",
                >= 10 => "0.#",
                >= 1 => "0.##",
                >= 0.001 => "0.###",
                _ => "0.#e0",
            },
            Invariant).Replace('-', '−');
    }

    /// <summary>The unit as it stands behind a number; empty for ratios and scores.</summary>
    public static string Unit(string unit) => unit switch
    {
        "px" or "LUFS" or "dB" or "Hz" or "s" => "\u00a0" + unit,
        "1/s" => "\u00a0/s",
        _ => string.Empty,
    };

    /// <summary>A number with its unit.</summary>
    public static string Quantity(double value, string unit) => Number(value) + Unit(unit);

    /// <summary>A value that a limit turned away, with as many digits as show that it lies beyond.</summary>
    public static string Beyond(double value, Limit limit, string unit)
    {
        string[] formats = ["0.###", "0.#####", "0.#######", "R"];
        var text = Number(value);
        foreach (var format in formats)
        {
            if (!limit.Allows(double.Parse(text.Replace('−', '-'), Invariant))) break;
            text = value.ToString(format, Invariant).Replace('-', '−');
        }

        return text + Unit(unit);
    }

    /// <summary>The bounds of a limit for people.</summary>
    public static string Bounds(Limit limit, string unit)
    {
        var bounds = (limit.Min, limit.Max, limit.MaxAbs) switch
        {
            (null, null, { } abs) => $"within\u00a0±{Exact(abs)}",
            ({ } min, { } max, _) => $"{Exact(min)} to {Exact(max)}",
            ({ } min, null, _) => $"≥\u00a0{Exact(min)}",
            (null, { } max, _) => $"≤\u00a0{Exact(max)}",
            _ => "no bound",
        };
        return bounds == "no bound" ? bounds : bounds + Unit(unit);
    }

    /// <summary>A limit as the policy gives it: never rounded.</summary>
    public static string Exact(double value) => value.ToString(Invariant).Replace('-', '−');

    /// <summary>What a split is, for people.</summary>
    public static string Kind(string split) => split switch
    {
        "single_speech" => "One speaker",
        "multi_speech" => "Several speakers",
        "singing" => "Singing",
        "sound" => "Sound",
        _ => "Kind not told",
    };

    /// <summary>What a filter is called, for people.</summary>
    public static string Filter(string name) =>
        name == PolicyJudge.TooShort ? "Length" : MeasurementCatalog.Find(name)?.Title ?? Visible(name);

    /// <summary>A sentence's first letter made large.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>
    /// Text from outside with nothing in it that hides or turns other text: control characters become their pictures,
    /// marks that change the direction of writing and broken surrogates become U+FFFD.
    /// </summary>
    public static string Visible(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            shown.Append(rune.Value switch
            {
                < 0x20 => ((char)(0x2400 + rune.Value)).ToString(),
                0x7f => "\u2421",
                (>= 0x80 and < 0xa0) or 0x61c or 0x200e or 0x200f or (>= 0x2028 and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0xfeff => "\ufffd",
                _ => rune.ToString(),
            });
        }

        return shown.ToString();
    }

    /// <summary>Running text from outside: as <see cref="Visible"/>, but line breaks are spaces.</summary>
    public static string Running(string text) => Visible(text.ReplaceLineEndings(" ").Replace('\t', ' '));

    /// <summary>The last part of a source's address.</summary>
    public static string SourceName(string address)
    {
        var trimmed = address.TrimEnd('/', '\\');
        var name = trimmed[(trimmed.LastIndexOfAny(['/', '\\']) + 1)..];
        return Visible(name.Length == 0 ? address : Uri.UnescapeDataString(name));
    }

    /// <summary>Where a source lies: the last two folders of its address.</summary>
    public static string SourceFolder(string address)
    {
        var parts = SourcePath(address).Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length < 2 ? string.Empty : (parts.Length > 3 ? "…/" : string.Empty) + string.Join('/', parts[Math.Max(0, parts.Length - 3)..^1]) + "/";
    }

    /// <summary>A source's address as a person reads it: without percent-encoding, and a file as its path.</summary>
    public static string SourcePath(string address)
    {
        const string File = "file://";
        return Visible(Uri.UnescapeDataString(address.StartsWith(File, StringComparison.Ordinal) ? address[File.Length..] : address));
    }

    /// <summary>The name of a clip's kind of sound.</summary>
    public static string Kind(ClipRecord clip) => Kind(clip.Split?.ToName() ?? string.Empty);
}
