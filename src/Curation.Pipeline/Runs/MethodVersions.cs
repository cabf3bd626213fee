using Curation.Clips.Measuring;

namespace Curation.Pipeline.Runs;

/// <summary>The version of everything that makes a measurement. It is part of a fragment's name: when a method changes, its sources are stale.</summary>
public static class MethodVersions
{
    /// <summary>Version by method.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
    [
        .. Filters.FilterMethods.All,
        new(Captions.SignalCaptioner.Model, Captions.SignalCaptioner.ModelVersion),
        new(Models.Fusion.TemplateFusion.Model, Models.Fusion.TemplateFusion.ModelVersion),
        new(Modelling.TranscriptStage.Agreement, Modelling.TranscriptStage.AgreementVersion),
        new(ClipFinisher.SkewMethod, ClipFinisher.SkewVersion),
    ];

    /// <summary>Whether a measurement's method is listed.</summary>
    /// <param name="measurement">A measurement.</param>
    /// <returns>False where its change would go unnoticed.</returns>
    public static bool Covers(Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);

        return measurement.Method == Measurement.NoMethod || All.Contains(new(measurement.Method, measurement.MethodVersion));
    }
}
