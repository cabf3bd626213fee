using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Pipeline.Calibration;

namespace Curation.Pipeline.Tests.Calibration;

/// <summary>Tables of clips whose every number is known, and the same clips as the judge sees them.</summary>
internal sealed class MadeClips(int rows)
{
    private readonly Dictionary<string, MeasurementColumn> _columns = [];

    public Split?[] Splits { get; } = new Split?[rows];

    public double[] Seconds { get; } = [.. Enumerable.Repeat(5.0, rows)];

    public MeasuredClips Table => new([.. Enumerable.Range(0, rows).Select(Id)], Splits, Seconds, _columns);

    public static string Id(int row) => string.Create(CultureInfo.InvariantCulture, $"clip{row}");

    /// <summary>One measurement of clips that have no other.</summary>
    public static MeasuredClips Of(string measurement, params double[] values) => new MadeClips(values.Length).With(measurement, values).Table;

    /// <summary>Adds a measurement; NaN is unmeasured.</summary>
    public MadeClips With(string measurement, params double[] values)
    {
        _columns[measurement] = new MeasurementColumn(values, [.. values.Select(value => (MeasurementState?)(double.IsNaN(value) ? MeasurementState.Unmeasured : MeasurementState.Measured))]);
        return this;
    }

    /// <summary>Adds a measurement with its states.</summary>
    public MadeClips With(string measurement, double[] values, MeasurementState?[] states)
    {
        _columns[measurement] = new MeasurementColumn(values, states);
        return this;
    }

    /// <summary>What the judge says of a clip.</summary>
    public Judgement Judge(Policy policy, int row)
    {
        var measurements = new List<Measurement>();
        foreach (var (name, column) in _columns)
        {
            if (column.States[row] is not { } state) continue;
            measurements.Add(state switch
            {
                MeasurementState.Measured => Measurement.Measured(name, column.Values[row], "made", "1"),
                MeasurementState.NotApplicable => Measurement.NotApplicable(name, "made so"),
                _ => Measurement.Unmeasured(name, "made so"),
            });
        }

        var start = TimeSpan.FromSeconds(3);
        return PolicyJudge.Judge(policy, new ClipSpan(start, start + TimeSpan.FromTicks((long)Math.Round(Seconds[row] * TimeSpan.TicksPerSecond))), Splits[row], measurements);
    }

    /// <summary>Clips and a policy drawn from a seed: few different values, so that many are equal; every state, split and rule.</summary>
    public static (MadeClips Clips, Policy Policy) Draw(int seed)
    {
        var random = new Random(seed);
        var made = new MadeClips(random.Next(1, 40));
        for (var row = 0; row < made.Seconds.Length; row++)
        {
            made.Splits[row] = random.Next(5) is var split and < 4 ? (Split)split : null;
            made.Seconds[row] = random.Next(1, 6);
        }

        var rule = (UnmeasuredRule)random.Next(3);
        Limit[] limits =
        [
            new("short_side_px") { Min = random.Next(4) },
            new("snr_db") { Min = random.Next(6) },
            new("loudness_lufs") { Min = -random.Next(4, 8), Max = -random.Next(4) },
            new("silence_ratio") { Max = random.Next(5) / 4.0, Unmeasured = (UnmeasuredRule)random.Next(3) },
            new("sync_offset_s") { MaxAbs = random.Next(4), MinConfidence = 0.5 },
            new("mos") { Min = 1 + random.Next(4), For = [Split.SingleSpeech, Split.Singing], Unmeasured = random.Next(2) == 0 ? null : UnmeasuredRule.Pass },
            new("aesthetic") { Min = 1 + random.Next(4) },
        ];
        foreach (var limit in limits.Append(new Limit("sync_confidence")))
        {
            if (random.Next(6) == 0) continue;

            var states = made.Seconds.Select(_ => random.Next(8) switch
            {
                0 => (MeasurementState?)null,
                1 => MeasurementState.Unmeasured,
                2 => MeasurementState.NotApplicable,
                _ => MeasurementState.Measured,
            }).ToArray();
            made.With(limit.Name, [.. states.Select(state => state == MeasurementState.Measured ? Value(limit.Name, random) : double.NaN)], states);
        }

        return (made, new Policy("drawn") { Sha256 = "", Unmeasured = rule, Limits = [.. limits.Where(_ => random.Next(4) > 0)] });
    }

    private static double Value(string measurement, Random random) => measurement switch
    {
        "loudness_lufs" => -random.Next(9),
        "silence_ratio" or "sync_confidence" => random.Next(5) / 4.0,
        "sync_offset_s" => random.Next(-4, 5),
        _ => random.Next(1, 7),
    };
}
