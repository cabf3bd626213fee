using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dataset.Fragments;
using Curation.Dataset.Storage;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Tests.Support;

/// <summary>A folder of sources, the data set beside them, and the register that knows which of them are done.</summary>
internal sealed class RegisterFolder : IDisposable
{
    /// <summary>When the sources were written.</summary>
    public static readonly DateTimeOffset Written = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("curation-register-").FullName;
    private readonly SiloParts _silo = new();

    public RunPlan Plan => new("run-1", _folder, Path.Combine(_folder, "out"), new Policy("demo") { Sha256 = new string('a', 64) });

    public SourceRegister Register => _silo.Register;

    /// <summary>The fragments as somebody else finds them.</summary>
    public FragmentStore Fragments => new(new LocalDatasetStore(Plan.Output));

    /// <summary>Writes a source.</summary>
    public SourceItem Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return new SourceItem { Uri = SourceUri.FromPath(path), SizeBytes = content.Length, ModifiedUtc = Written };
    }

    /// <summary>A source's one clip, of seven seconds.</summary>
    public static ClipRecord Clip(RunPlan plan, SourceStart start, ClipOutcome outcome)
    {
        var span = new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(7));
        return new ClipRecord
        {
            Id = ClipId.From(start.Sha256, span, PipelineVersion.Current),
            SourceUri = start.Item.Uri,
            SourceSha256 = start.Sha256,
            Span = span,
            Width = 320,
            Height = 240,
            FramesPerSecond = 25,
            Outcome = outcome,
            PolicySha256 = plan.Policy.Sha256,
            PipelineVersion = PipelineVersion.Current,
        };
    }

    public void Dispose()
    {
        _silo.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
