using Curation.Media.Analysis;
using Curation.Media.Cutting;
using Curation.Media.Probing;
using Curation.Media.Processes;
using Curation.Media.Reading;

namespace Curation.Media.Tests.Support;

internal static class Parts
{
    public static readonly FfmpegTools Tools = new(null);
    public static readonly MediaProbe Probe = new(Tools, TimeProvider.System);
    public static readonly AnalysisStream Analysis = new(Tools, TimeProvider.System);
    public static readonly ContainerSkewProbe Skew = new(Tools, TimeProvider.System);
    public static readonly ClipCutter Cutter = new(Tools, Probe, Skew, TimeProvider.System);
    public static readonly ClipReader Reader = new(Tools, TimeProvider.System);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<SourceInfo> ProbeAsync(string path) => Probe.ProbeAsync(path, Cancel);
}
