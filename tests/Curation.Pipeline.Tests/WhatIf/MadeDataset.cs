using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Fragments;
using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Pipeline.Tests.Calibration;

namespace Curation.Pipeline.Tests.WhatIf;

/// <summary>Made clips as a data set in a folder, judged by a policy as a run would.</summary>
internal sealed class MadeDataset : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("curation-what-if-").FullName;

    private MadeDataset() => Store = new LocalDatasetStore(_folder);

    public LocalDatasetStore Store { get; }

    public SnapshotManifest Manifest { get; private set; } = null!;

    public static async Task<MadeDataset> OfAsync(MadeClips made, Policy policy, CancellationToken cancellationToken)
    {
        var dataset = new MadeDataset();
        var fragments = new FragmentStore(dataset.Store);
        var clips = Enumerable.Range(0, made.Seconds.Length).Select(row => Record(made, policy, row)).ToList();
        var source = new SourceOutcome
        {
            SourceUri = "file:///made.mp4",
            SourceSha256 = Digest('a'),
            FragmentName = FragmentName.From(Digest('a'), PipelineVersion.Current, [], policy.ClipMin, policy.ClipMax, Digest('b'), []),
            MediaSeconds = 600,
            AnalysisSeconds = 1,
            DecodePasses = 1,
            Clips = clips,
        };
        await fragments.SaveAsync(source, 1000, 42, cancellationToken);
        var context = new SnapshotContext(PipelineVersion.Current, new ManifestPolicy(policy.Name, Digest('b')), []);
        dataset.Manifest = (await new SnapshotWriter(dataset.Store, fragments, TimeProvider.System, new SnapshotOptions()).CommitAsync(context, cancellationToken)).Manifest;
        return dataset;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ClipRecord Record(MadeClips made, Policy policy, int row)
    {
        var judgement = made.Judge(policy, row);

        // No triplet may lack its split; what-if looks at no stored outcome.
        var outcome = judgement.Outcome == ClipOutcome.Retained && made.Splits[row] is null ? ClipOutcome.Held : judgement.Outcome;
        var start = TimeSpan.FromSeconds(10 * row);
        var measurements = new List<Measurement>();
        foreach (var (name, column) in made.Table.Columns)
        {
            if (column.States[row] is not { } state) continue;
            measurements.Add(state switch
            {
                MeasurementState.Measured => Measurement.Measured(name, column.Values[row], "made", "1"),
                MeasurementState.NotApplicable => Measurement.NotApplicable(name, "made so"),
                _ => Measurement.Unmeasured(name, "made so"),
            });
        }

        return new ClipRecord
        {
            Id = new ClipId(row.ToString("x32", CultureInfo.InvariantCulture)),
            SourceUri = "file:///made.mp4",
            SourceSha256 = Digest('a'),
            Span = new ClipSpan(start, start + TimeSpan.FromSeconds(made.Seconds[row])),
            Width = 320,
            Height = 240,
            FramesPerSecond = 25,
            Split = made.Splits[row],
            Measurements = measurements,
            Verdicts = judgement.Verdicts,
            Outcome = outcome,
            RejectedBy = judgement.RejectedBy,
            Reason = outcome == judgement.Outcome ? judgement.Reason : "its split is not known",
            PolicySha256 = Digest('b'),
            PipelineVersion = PipelineVersion.Current,
        };
    }

    private static string Digest(char digit) => new(digit, 64);
}
