using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;

namespace Curation.Dataset.Tests.Rejudging;

/// <summary>Clips and policies that hit every branch of judging, the same for the same seed.</summary>
internal sealed class RandomClips(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Limits of every shape over some measurements.</summary>
    public Policy Policy(string name)
    {
        var names = MeasurementCatalog.All.OrderBy(_ => _random.Next()).Take(8);
        return new Policy(name)
        {
            Sha256 = SampleOutcomes.Sha256(name),
            ClipMin = TimeSpan.FromSeconds(2),
            Unmeasured = Pick<UnmeasuredRule>(),
            Limits = [.. names.Select(LimitOf)],
        };
    }

    /// <summary>A source with clips judged by a policy, as a run leaves them; media is only named.</summary>
    public SourceOutcome Source(int number, int clips, Policy policy)
    {
        var outcome = SampleOutcomes.Source(number, retained: 0);
        return outcome with { Clips = [.. Enumerable.Range(0, clips).Select(index => Clip(outcome, index, policy))] };
    }

    private ClipRecord Clip(SourceOutcome source, int index, Policy policy)
    {
        var span = new ClipSpan(TimeSpan.FromSeconds(10 * index), TimeSpan.FromSeconds((10 * index) + Math.Round(0.5 + (9 * _random.NextDouble()), 3)));
        var split = _random.Next(6) == 0 ? (Split?)null : Pick<Split>();
        List<Measurement> measurements = [.. MeasurementCatalog.All.Where(_ => _random.Next(10) > 0).Select(MeasurementOf)];
        var judgement = PolicyJudge.Judge(policy, span, split, measurements);
        var retained = judgement.Outcome == ClipOutcome.Retained;
        var id = ClipId.From(source.SourceSha256!, span, PipelineVersion.Current);
        return new ClipRecord
        {
            Id = id,
            SourceUri = source.SourceUri,
            SourceSha256 = source.SourceSha256!,
            Span = span,
            Width = 640,
            Height = 360,
            FramesPerSecond = 25,
            Split = retained ? split ?? Split.Sound : split,
            MediaPath = retained ? $"clips/{id.Value[..2]}/{id}.mp4" : null,
            MediaSha256 = retained ? SampleOutcomes.Sha256(id.Value) : null,
            Caption = string.Create(CultureInfo.InvariantCulture, $"it's clip {index}"),
            Measurements = measurements,
            Verdicts = judgement.Verdicts,
            Outcome = judgement.Outcome,
            RejectedBy = judgement.RejectedBy,
            Reason = judgement.Reason,
            PolicySha256 = policy.Sha256,
            PipelineVersion = PipelineVersion.Current,
        };
    }

    private Measurement MeasurementOf(MeasurementDefinition definition) => _random.Next(8) switch
    {
        0 => Measurement.Unmeasured(definition.Name, $"no model for '{definition.Name}'"),
        1 => Measurement.NotApplicable(definition.Name, "nobody speaks"),
        2 => Measurement.Measured(definition.Name, Inside(definition, Math.Round(Value(), 2)), "random", "1"),
        _ => Measurement.Measured(definition.Name, Inside(definition, Value()), "random", "1"),
    };

    private Limit LimitOf(MeasurementDefinition definition)
    {
        var (low, high) = (Math.Round(Inside(definition, Value()), 2), Math.Round(Inside(definition, Value()), 2));
        var limit = _random.Next(4) switch
        {
            0 => new Limit(definition.Name) { Min = Math.Min(low, high), Max = Math.Max(low, high) },
            1 => new Limit(definition.Name) { Min = low },
            2 => new Limit(definition.Name) { Max = high },
            _ => new Limit(definition.Name) { MaxAbs = Math.Abs(high) },
        };
        return limit with
        {
            MinConfidence = definition.ConfidenceName is null ? null : 0.5,
            For = _random.Next(3) == 0 ? [Split.SingleSpeech, Split.Singing] : [],
            Unmeasured = _random.Next(2) == 0 ? Pick<UnmeasuredRule>() : null,
        };
    }

    // Of either sign, over some magnitudes: texts of numbers differ there.
    private double Value() => (_random.NextDouble() - 0.3) * Math.Pow(10, _random.Next(-5, 3));

    private static double Inside(MeasurementDefinition definition, double value) => Math.Clamp(value, definition.Minimum ?? double.MinValue, definition.Maximum ?? double.MaxValue);

    private T Pick<T>()
        where T : struct, Enum => _random.GetItems(Enum.GetValues<T>(), 1)[0];
}
