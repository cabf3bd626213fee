using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dataset.Report;

namespace Curation.Dataset.Tests.Report;

/// <summary>Writes reports for the eye: set CURATION_REPORT_PREVIEW to a folder; stills come from its <c>*.jpg</c>.</summary>
public sealed class ReportBuilderPreviewTests
{
    private static readonly DateTimeOffset Created = new(2025, 3, 14, 15, 9, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("full", 1240)]
    [InlineData("small", 9)]
    [InlineData("nothing-retained", 300)]
    [InlineData("all-held", 200)]
    [InlineData("empty", 0)]
    [InlineData("all-quarantined", 0)]
    public async Task Preview_where_asked_is_written(string name, int clips)
    {
        var folder = Environment.GetEnvironmentVariable("CURATION_REPORT_PREVIEW");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "set CURATION_REPORT_PREVIEW to a folder to look at the report");
        var stills = Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).ToArray();
        var policy = name switch
        {
            "nothing-retained" => FakeRows.Klear with { Limits = [.. FakeRows.Klear.Limits.Select(limit => limit.Name == "silence_ratio" ? limit with { Max = 0.0001 } : limit)] },
            "all-held" => new Policy("strict") { Sha256 = new string('c', 64), Limits = [new Limit("nsfw") { Max = 0.2 }] },
            _ => FakeRows.Klear with { Limits = [.. FakeRows.Klear.Limits] },
        };
        var builder = new ReportBuilder(policy);
        foreach (var clip in FakeRows.Clips(clips, policy: policy, sources: name == "small" ? 3 : 52)) builder.Add(clip);
        if (name is "full" or "all-quarantined")
        {
            foreach (var source in FakeRows.Quarantined) builder.Add(source);
        }

        await using var output = File.CreateText(Path.Combine(folder, name + ".html"));
        await builder.WriteAsync(output, new ReportContext
        {
            DatasetName = name == "small" ? "quickstart" : "coastal-voices",
            Created = Created,
            PipelineVersion = PipelineVersion.Current,
            Run = name is "full" or "small" ? new ReportRunFacts { Sources = name == "full" ? 58 : 5, MediaSeconds = clips * 11.2, WallSeconds = clips * 0.93, AnalysisSeconds = clips * 1.51, DecodePasses = name == "full" ? 54 : 3 } : null,
            AbsentSlots = [new("safety"), new("semantic", "imagebind-vision.onnx is missing"), new("asr.whisper"), new("caption.omni", "no endpoint configured")],
            LoadPoster = (path, _) => ValueTask.FromResult(stills.Length == 0 ? (ReadOnlyMemory<byte>?)null : File.ReadAllBytes(stills[path.Sum(letter => letter) % stills.Length])),
        }, TestContext.Current.CancellationToken);
    }
}
