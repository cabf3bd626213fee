using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.Logging;

namespace Curation.Grains;

/// <summary>Reads a run's listing a little ahead and keeps as many sources in flight as there are places.</summary>
internal sealed class RunLoop(
    RunPlan plan, ICuratePipeline pipeline, RunTally tally, SiloPlaces places, RunPause pause, RunPatience patience, RunOptions options, Signal changed, TimeProvider time,
    ILogger logger, CancellationToken stop, CancellationToken leave)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    private readonly FairWindow<ListedSource> _window = new(options.ReadAhead, source => source.Item.SizeBytes > options.LargeBytes);
    private Exception? _fault;
    private int _running;

    private int Places => plan.Parallelism > 0 ? plan.Parallelism : places.Silos.Sum(silo => silo.Share);

    /// <summary>Takes every source to its end.</summary>
    /// <param name="work">Takes one source to its end.</param>
    public async Task RunAsync(Func<ListedSource, Task<SourceSummary>> work)
    {
        await patience.DoAsync(plan.RunId, async () =>
        {
            await PassAsync(work);
            return true;
        });
    }

    // One pass over the rest of the listing. Where the listing breaks off, what was read is finished first; the next pass goes on from there.
    private async Task PassAsync(Func<ListedSource, Task<SourceSummary>> work)
    {
        var cursor = tally.Ledger.ToCursor();
        await using var feed = await Task.Run(() => SourceFeed.OpenAsync(pipeline, plan, cursor, stop), stop);
        pause.Leave();
        if (!feed.Resumed)
        {
            RunLog.ListingChanged(logger, plan.RunId);
            tally.Restart();
        }

        var listed = Channel.CreateBounded<ListedSource>(options.ReadAhead);
        using var stopPump = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pump = Task.Run(() => feed.PumpAsync(listed.Writer, stopPump.Token), CancellationToken.None);
        try
        {
            await DrainAsync(new Queue<ListedSource>(feed.Open), listed.Reader, work);
        }
        finally
        {
            await stopPump.CancelAsync();
            await pump;
        }
    }

    private async Task DrainAsync(Queue<ListedSource> open, ChannelReader<ListedSource> listed, Func<ListedSource, Task<SourceSummary>> work)
    {
        using var stopped = stop.Register(changed.Set);
        await using var again = time.CreateTimer(_ => changed.Set(), null, LookAgainAfter, LookAgainAfter);
        var arrival = Task.CompletedTask;
        while (true)
        {
            // Whoever leaves a run does not wait for its sources: they go on, and the next silo finds them.
            leave.ThrowIfCancellationRequested();
            if (stop.IsCancellationRequested) _fault ??= new OperationCanceledException(stop);

            Fill(open, listed);
            if (_fault is null && (pause.Reason is null || _running == 0))
            {
                // One source at a time finds out whether the trouble is over.
                var most = pause.Reason is null ? Places : 1;
                while (_running < most && _window.TryTake(most, out var source)) WorkAsync(source, work).Ignore();
                Fill(open, listed);
            }

            if (_running == 0 && (_fault is not null || (_window.Count == 0 && open.Count == 0 && listed.Completion.IsCompleted))) break;
            if (arrival.IsCompleted && _window.Free > 0 && !listed.Completion.IsCompleted) arrival = TellArrivalAsync(listed);
            await changed.WaitAsync();
            places.LookAgain();
        }

        if (_fault is { } fault) ExceptionDispatchInfo.Throw(fault);
        await listed.Completion;
    }

    private void Fill(Queue<ListedSource> open, ChannelReader<ListedSource> listed)
    {
        while (_window.Free > 0)
        {
            if (open.TryDequeue(out var source))
            {
                _window.Add(source);
            }
            else if (listed.TryRead(out source))
            {
                tally.Ledger.Read(source);
                _window.Add(source);
            }
            else
            {
                return;
            }
        }
    }

    private async Task TellArrivalAsync(ChannelReader<ListedSource> listed)
    {
        // Where the listing broke off, whoever awaits its completion learns why.
        await listed.WaitToReadAsync(CancellationToken.None).AsTask().TroubleAsync();
        changed.Set();
    }

    private async Task WorkAsync(ListedSource source, Func<ListedSource, Task<SourceSummary>> work)
    {
        _running++;
        tally.Start(source);
        try
        {
            var summary = await work(source);
            if (!leave.IsCancellationRequested) tally.Finish(source, summary);
        }
        catch (Exception error)
        {
            // The run's own trouble, not the source's: nothing new is started, and the loop throws it when the others are through.
            _fault ??= error;
        }
        finally
        {
            tally.Leave(source);
            _window.Release(source);
            _running--;
            changed.Set();
        }
    }
}
