using Curation.Dataset.Snapshots;
using Curation.Dataset.Storage;
using Curation.Media.Analysis;
using Curation.Media.Cutting;
using Curation.Media.Probing;
using Curation.Media.Processes;
using Curation.Pipeline.Budgets;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Tests.Support;
using Curation.Pipeline.Verifying;

namespace Curation.Pipeline.Tests.Verifying;

/// <summary>A verifier with its tools, and a scratch folder that goes with the test.</summary>
internal sealed class VerifyTools : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FfmpegTools _tools;
    private readonly ScratchSpace _scratch;

    public VerifyTools(string? ffmpegFolder = null)
    {
        _tools = ffmpegFolder is null ? new FfmpegTools() : new FfmpegTools(ffmpegFolder);
        _scratch = new ScratchSpace(new ScratchOptions { Folder = Path.Combine(_folder.Path, "scratch") });
    }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ClipMeasureCheck Measures => new(Probe, Skew, Analysis, Memory);

    private MediaProbe Probe => new(_tools, TimeProvider.System);

    private ContainerSkewProbe Skew => new(_tools, TimeProvider.System);

    private AnalysisStream Analysis => new(_tools, TimeProvider.System);

    private static MemoryBudget Memory => new(new MemoryOptions());

    /// <summary>Files in scratch now, without the lock.</summary>
    public string[] ScratchFiles => Directory.GetFiles(_scratch.Prepare(), "*", SearchOption.AllDirectories);

    public async Task<VerifyReport> VerifyAsync(IDatasetStore store, VerifyOptions? options = null)
    {
        var manifest = await new SnapshotReader(store).ReadManifestAsync(Stop);
        return await new DatasetVerifier(_tools, Probe, Skew, Analysis, _scratch, Memory).VerifyAsync(store, manifest, options ?? new VerifyOptions(), null, Stop);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _folder.Dispose();
    }
}
