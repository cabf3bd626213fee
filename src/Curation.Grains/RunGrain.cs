using System.Security.Cryptography;
using System.Text;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Microsoft.Extensions.Logging;

namespace Curation.Grains;

/// <inheritdoc cref="IRunGrain" />
public sealed partial class RunGrain(ICuratePipeline pipeline, TimeProvider time, ILogger<RunGrain> logger) : Grain, IRunGrain, IDisposable
{
    private const int ListedQuarantines = 1000;
    private const int Attempts = 3;

    private readonly CancellationTokenSource _cancel = new();
    private readonly Dictionary<string, SourceInFlight> _inFlight = [];
    private readonly Dictionary<string, long> _inFlightBytes = [];
    private readonly List<QuarantinedSource> _quarantined = [];
    private RunCounts _counts = new();
    private RunState _state = RunState.Created;
    private RunResult? _result;
    private string? _error;
    private bool _counted;
    private int _listedSources;
    private long _totalBytes;
    private long _doneBytes;

    /// <inheritdoc />
    public Task StartAsync(RunPlan plan)
    {
        if (_state != RunState.Created) return Task.CompletedTask;

        _state = RunState.Running;
        DelayDeactivation(TimeSpan.FromDays(30));
        RunAsync(plan).Ignore();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<RunProgress> GetProgressAsync()
    {
        var partly = _inFlight.Values.Sum(source => source.Share * _inFlightBytes.GetValueOrDefault(source.Uri));
        return Task.FromResult(new RunProgress(
            _state, _counts, _counted ? _listedSources : null, Interlocked.Read(ref _totalBytes), _doneBytes + partly, [.. _inFlight.Values], _result, _error));
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<QuarantinedSource>> GetQuarantinedAsync() => Task.FromResult<IReadOnlyList<QuarantinedSource>>([.. _quarantined]);

    /// <inheritdoc />
    public Task CancelAsync() => _cancel.CancelAsync();

    /// <inheritdoc />
    public Task ReportAsync(SourceInFlight source)
    {
        // A late report of a source that is through must not bring it back.
        if (_inFlight.ContainsKey(source.Uri)) _inFlight[source.Uri] = source;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => _cancel.Dispose();

    private async Task RunAsync(RunPlan plan)
    {
        var started = time.GetTimestamp();
        try
        {
            var counting = MarkCountedAsync(CountAsync(plan));
            await WorkAsync(plan);
            await counting;

            _state = RunState.Committing;
            var facts = new RunFacts(_counts, time.GetElapsedTime(started).TotalSeconds);
            _result = await GrainFactory.GetGrain<IDatasetGrain>(plan.Output).CommitAsync(plan, facts, _cancel.Token);
            _state = RunState.Done;
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            _state = RunState.Cancelled;
        }
        catch (Exception error)
        {
            // Not a verdict on any clip: the run itself ends, says why, and its finished sources stay.
            if (!IsExpected(error)) LogRunFailed(logger, error, plan.RunId);
            _error = error.Message;
            _state = RunState.Failed;
        }
    }

    private async Task MarkCountedAsync(Task counting)
    {
        await counting;
        _counted = true;
    }

    private async Task WorkAsync(RunPlan plan)
    {
        var running = new HashSet<Task>();
        try
        {
            await foreach (var item in pipeline.ListAsync(plan, _cancel.Token))
            {
                running.Add(ProcessAsync(plan, item));
                if (running.Count < plan.Parallelism) continue;

                var done = await Task.WhenAny(running);
                running.Remove(done);
                await done;
            }
        }
        finally
        {
            // The run must not be called ended while a source of it is still at work.
            await Task.WhenAll(running);
        }
    }

    private async Task ProcessAsync(RunPlan plan, SourceItem item)
    {
        _inFlight[item.Uri] = new SourceInFlight(item.Uri, 0, "analyse");
        _inFlightBytes[item.Uri] = item.SizeBytes ?? 0;
        try
        {
            var summary = await ProcessWithRetriesAsync(plan, item);
            _counts = _counts.Add(summary);
            if (summary.Failure is { } failure && _quarantined.Count < ListedQuarantines) _quarantined.Add(new QuarantinedSource(item.Uri, failure));
        }
        finally
        {
            _doneBytes += item.SizeBytes ?? 0;
            _inFlight.Remove(item.Uri);
            _inFlightBytes.Remove(item.Uri);
        }
    }

    private async Task<SourceSummary> ProcessWithRetriesAsync(RunPlan plan, SourceItem item)
    {
        var key = $"{plan.RunId}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.Uri)))[..32]}";
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await GrainFactory.GetGrain<ISourceGrain>(key).ProcessAsync(plan, item, _cancel.Token);
            }
            catch (Exception lost) when (lost is SiloUnavailableException or OrleansMessageRejectionException && attempt < Attempts)
            {
                // The source's own faults come back as summaries. The silo died, or sent the call away: another one takes it up.
                LogAttemptFailed(logger, lost, item.Uri, attempt);
            }
            catch (Exception bug) when (!_cancel.IsCancellationRequested && !IsExpected(bug))
            {
                // One source's bug must not stop the run; it is told by name and tried again by the next run.
                LogAttemptFailed(logger, bug, item.Uri, attempt);
                var failure = new SourceFailure("run", $"unexpected {bug.GetType().Name}: {bug.Message}", true);
                return await Task.Run(() => pipeline.QuarantineAsync(plan, item, failure, _cancel.Token));
            }
        }
    }

    // A full disk or an unreadable list concerns the whole run: it ends with the reason, and needs no stack.
    private static bool IsExpected(Exception error) => error is IOException or SourceInputException;

    // Counts ahead of the work, for the time left; off the grain's scheduler, because a listing may never yield.
    private Task CountAsync(RunPlan plan) => Task.Run(async () =>
    {
        await foreach (var item in pipeline.ListAsync(plan, _cancel.Token))
        {
            Interlocked.Increment(ref _listedSources);
            Interlocked.Add(ref _totalBytes, item.SizeBytes ?? 0);
        }
    });

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Run {RunId} failed")]
    private static partial void LogRunFailed(ILogger logger, Exception error, string runId);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Source {Uri} failed unexpectedly, attempt {Attempt}")]
    private static partial void LogAttemptFailed(ILogger logger, Exception error, string uri, int attempt);
}
