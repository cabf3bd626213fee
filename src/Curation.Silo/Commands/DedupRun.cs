using System.Globalization;
using Curation.Dataset.Deduplicating;
using Curation.Pipeline.Deduplicating;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Commands;

/// <summary>Searches a data set for copies, writes down what was found, and says it.</summary>
internal sealed class DedupRun(DatasetSession session, TextWriter output, TextWriter errors)
{
    /// <param name="options">What becomes of clips that share only one half.</param>
    /// <param name="dry">Write nothing.</param>
    /// <param name="show">Groups to list, 0 for all; null for JSON.</param>
    /// <param name="cancellationToken">Stops; the data set stands as it was.</param>
    public async Task<int> ExecuteAsync(DedupOptions options, bool dry, int? show, CancellationToken cancellationToken)
    {
        var time = session.Services.GetRequiredService<TimeProvider>();
        var started = time.GetTimestamp();
        using var claim = dry ? null : session.Claim($"dedup-{Environment.ProcessId}");
        var plan = await Deduplicator.PlanAsync(session.Store, session.Manifest, options, Progress("compared"), cancellationToken);
        var result = dry || !plan.Changes
            ? null
            : await new DuplicateWriter(session.Store, time).WriteAsync(session.Manifest, plan.Findings, Progress("written"), cancellationToken);
        var manifest = result?.Manifest ?? session.Manifest;
        var reported = result is null || await RewriteReportAsync(cancellationToken);

        var summary = new DedupSummary(plan, result, manifest, dry, time.GetElapsedTime(started).TotalSeconds, session.Store.Address);
        if (show is null) await output.WriteLineAsync(DatasetSession.Json(summary.ToJson()));
        else DedupListing.Write(RunsJson.Console(output), summary, show.Value, reported);

        return manifest.Funnel.Retained > 0 ? ExitCodes.Done : ExitCodes.NothingRetained;

        // The rows hold no policy, only what it said of them: the report is drawn with the preset of that name and content, or without limits.
        async Task<bool> RewriteReportAsync(CancellationToken stop)
        {
            var policy = PolicyPresets.Names.Select(PolicyFile.Load).FirstOrDefault(preset => preset.Sha256 == manifest.Policy.Sha256)
                ?? new Clips.Deciding.Policy(manifest.Policy.Name) { ClipMin = TimeSpan.Zero, Sha256 = manifest.Policy.Sha256 };
            return await SnapshotStage.RewriteReportAsync(session.Store, manifest, policy, stop);
        }
    }

    private TenthsProgress Progress(string done) => new(tenth => errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} {10 * tenth} %")));

    private sealed class TenthsProgress(Action<int> tell) : IProgress<double>
    {
        private readonly Lock _lock = new();
        private int _told;

        public void Report(double value)
        {
            lock (_lock)
            {
                var tenth = (int)(10 * value);
                if (tenth <= _told) return;

                _told = tenth;
                tell(tenth);
            }
        }
    }
}
