using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dataset.Rejudging;
using Curation.Pipeline.Rejudging;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Curation.Silo.Commands;

/// <summary>Judges a data set again and says what changed.</summary>
internal sealed class RejudgeRun(DatasetSession session, TextWriter output, TextWriter errors)
{
    private static readonly ClipOutcome[] Outcomes = [ClipOutcome.Retained, ClipOutcome.Held, ClipOutcome.Rejected];

    public async Task<int> ExecuteAsync(Policy policy, bool defer, bool json, CancellationToken cancellationToken)
    {
        var time = session.Services.GetRequiredService<TimeProvider>();
        var started = time.GetTimestamp();
        var told = 0;
        var progress = new CallbackProgress(share =>
        {
            var tenth = (int)(10 * share);
            if (tenth > Interlocked.Exchange(ref told, Math.Max(told, tenth))) errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"judged {10 * tenth} %"));
        });
        var opened = new CallbackProgress(done => errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"opened media: {done} clips that were never cut")));
        var (result, reported) = await session.Services.GetRequiredService<DatasetRejudger>()
            .RejudgeAsync(session.Store, policy, $"rejudge-{Environment.ProcessId}", defer, progress, opened, cancellationToken);

        var seconds = time.GetElapsedTime(started).TotalSeconds;
        if (json) await output.WriteLineAsync(DatasetSession.Json(Describe(policy, result, seconds)));
        else Write(policy, result, reported, seconds);

        return result.Manifest.Funnel.Retained > 0 ? ExitCodes.Done : ExitCodes.NothingRetained;
    }

    private object Describe(Policy policy, RejudgeResult result, double seconds) => new
    {
        Snapshot = result.Manifest.Id,
        result.Manifest.Parent,
        result.Changed,
        Policy = policy.Name,
        PolicySha256 = policy.Sha256,
        result.Manifest.Funnel.Clips,
        result.Manifest.Funnel.Retained,
        result.Manifest.Funnel.Held,
        result.Manifest.Funnel.Rejected,
        result.Manifest.Funnel.ByFilter,
        result.Manifest.Funnel.BySplit,
        Moves = result.Moves.Where(move => move.Key.From != move.Key.To).Select(move => new { From = Word(move.Key.From), To = Word(move.Key.To), Clips = move.Value }),
        result.Cut,
        result.Deferred,
        WallSeconds = seconds,
        Dataset = session.Store.Address,
    };

    private void Write(Policy policy, RejudgeResult result, bool reported, double seconds)
    {
        var console = RunsJson.Console(output);
        var before = session.Manifest.Funnel;
        var after = result.Manifest.Funnel;
        var table = new Table().Border(TableBorder.Rounded).Title($"Judged again, policy [bold]{Markup.Escape(policy.Name)}[/]");
        table.AddColumn("Clips").AddColumn(new TableColumn("Before").RightAligned()).AddColumn(new TableColumn("Now").RightAligned()).AddColumn(new TableColumn("Came").RightAligned()).AddColumn(new TableColumn("Left").RightAligned());
        foreach (var outcome in Outcomes)
        {
            table.AddRow(Word(outcome), Number(Of(before, outcome)), Number(Of(after, outcome)), Number(Sum(result, move => move.To == outcome && move.From != outcome)), Number(Sum(result, move => move.From == outcome && move.To != outcome)));
        }

        foreach (var (filter, clips) in after.ByFilter.OrderByDescending(entry => entry.Value)) table.AddRow($"[red]  rejected by {Markup.Escape(filter)}[/]", Number(before.ByFilter.GetValueOrDefault(filter)), Number(clips), "", "");
        console.Write(table);
        if (result.Cut > 0) console.WriteLine($"{Number(result.Cut)} clips were cut: the policy wants them, and nobody had wanted them before.");
        if (result.Deferred > 0) console.WriteLine($"{Number(result.Deferred)} clips are held because their media was never cut; run the same command without --defer-media to cut them.");
        if (after.Retained == 0) console.MarkupLine("[bold red]NOTHING IS RETAINED.[/] See which filter rejects in the table; 'curate explain' says why of one clip.");
        console.WriteLine(result.Changed
            ? string.Create(CultureInfo.InvariantCulture, $"Snapshot {result.Manifest.Id}, parent {result.Manifest.Parent}, {Number(after.Clips)} clips in {seconds:0.0} s.")
            : "Nothing to do: every clip stays where it is.");
        if (result.Changed && !reported) console.WriteLine($"The report was left out: it is written for up to {Number(SnapshotStage.MostReportedClips)} clips. 'curate stats' has the numbers.");
    }

    private static long Of(Dataset.Snapshots.ManifestFunnel funnel, ClipOutcome outcome) => outcome switch { ClipOutcome.Retained => funnel.Retained, ClipOutcome.Held => funnel.Held, _ => funnel.Rejected };

    private static long Sum(RejudgeResult result, Func<(ClipOutcome From, ClipOutcome To), bool> which) => result.Moves.Where(move => which(move.Key)).Sum(move => move.Value);

    private static string Word(ClipOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private sealed class CallbackProgress(Action<double> tell) : IProgress<double>, IProgress<int>
    {
        public void Report(double value) => tell(value);

        public void Report(int value) => tell(value);
    }
}
