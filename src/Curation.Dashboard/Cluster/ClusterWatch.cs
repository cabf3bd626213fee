using Curation.Dashboard.Datasets;
using Curation.Grains;
using Curation.Grains.Schedules;
using Curation.Grains.Silos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Placement;

namespace Curation.Dashboard.Cluster;

/// <summary>Looks at the cluster for everybody: one poll, however many browsers are open, and a rare one while none is.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="time">When it looks.</param>
/// <param name="logger">Told of looks that failed. Event id 430.</param>
public sealed partial class ClusterWatch(IGrainFactory grains, TimeProvider time, ILogger<ClusterWatch> logger) : BackgroundService, IRunOutputs
{
    // What the eye takes for live; and often enough for a history while nobody looks. Uncalibrated.
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unwatched = TimeSpan.FromSeconds(10);

    // What changes more slowly, or costs more to ask for.
    private static readonly TimeSpan HistoryEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SilosEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SchedulesEvery = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _now = new(0, 1);
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly Dictionary<string, RunPace> _paces = new(StringComparer.Ordinal);
    private long? _historyAt;
    private long? _silosAt;
    private long? _schedulesAt;
    private int _watchers;

    /// <summary>The last look.</summary>
    public ClusterState Current { get; private set; } = new();

    /// <summary>Tells of a new look; raised on no particular thread.</summary>
    public event Action? Changed;

    /// <summary>Looks often while somebody does.</summary>
    /// <param name="changed">Called after each look.</param>
    /// <returns>Dispose it when the page is left.</returns>
    public IDisposable Watch(Action changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        Changed += changed;
        if (Interlocked.Increment(ref _watchers) == 1) LookNow();
        return new Watching(this, changed);
    }

    /// <summary>Looks at once: something was changed.</summary>
    public void LookNow()
    {
        (_historyAt, _schedulesAt) = (null, null);
        try
        {
            _now.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has asked for it already.
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        // A page may be asked for before the first look.
        if (Current.At is null) await LookAsync(cancellationToken);
        // Those that have a snapshot for sure come first: the first one is shown to whoever has not chosen.
        return
        [
            .. Current.Ended.Where(run => run.State == RunState.Done).Select(run => run.Output)
                .Concat(Current.Active.Select(run => run.Entry.Output))
                .Concat(Current.Ended.Select(run => run.Output))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _now.Dispose();
        _looking.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(stoppingToken);
            await PauseAsync(Volatile.Read(ref _watchers) > 0 ? Watched : Unwatched, stoppingToken);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            await Task.WhenAny(Task.Delay(pause, time, limit.Token), _now.WaitAsync(limit.Token));
        }
        finally
        {
            await limit.CancelAsync();
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _looking.WaitAsync(cancellationToken);
            try
            {
                Current = await LookAtAllAsync(cancellationToken);
            }
            finally
            {
                _looking.Release();
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // A silo that starts, stops or has lost its neighbours, or a store that is away, with exceptions of its driver. Looking decides
            // nothing, and must not end the silo, as a background service that fails does: the page says what is wrong, and the next look may succeed.
            LogFailed(error);
            Current = Current with { Trouble = error.Message };
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Changed?.Invoke();
    }

    private async Task<ClusterState> LookAtAllAsync(CancellationToken cancellationToken)
    {
        var index = grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key);
        var active = await index.GetActiveAsync().WaitAsync(cancellationToken);
        var known = Current.Active.Select(run => run.Entry.RunId);
        var changed = !active.Select(run => run.RunId).Order().SequenceEqual(known.Order());
        var state = Current;
        if (changed || IsDue(ref _historyAt, HistoryEvery)) state = state with { Ended = [.. (await index.ListAsync().WaitAsync(cancellationToken)).Where(run => run.State.IsEnded())] };
        if (IsDue(ref _silosAt, SilosEvery)) state = await LookAtSilosAsync(state, cancellationToken);
        if (IsDue(ref _schedulesAt, SchedulesEvery)) state = state with { Schedules = await LookAtSchedulesAsync(cancellationToken) };
        var runs = await Task.WhenAll(active.Reverse().Select(run => LookAtRunAsync(run, cancellationToken)));
        foreach (var gone in _paces.Keys.Except(active.Select(run => run.RunId)).ToList()) _paces.Remove(gone);
        return state with { At = time.GetUtcNow(), Active = runs, Trouble = null };
    }

    private async Task<RunNow> LookAtRunAsync(RunEntry run, CancellationToken cancellationToken)
    {
        try
        {
            var progress = await grains.GetGrain<IRunGrain>(run.RunId).GetProgressAsync().WaitAsync(cancellationToken);
            lock (_paces) return new RunNow(run, progress, _paces[run.RunId] = _paces.GetValueOrDefault(run.RunId, new RunPace()).Add(time.GetUtcNow(), progress));
        }
        catch (Exception error) when (ClusterTrouble.Is(error))
        {
            lock (_paces) return new RunNow(run, Current.Active.FirstOrDefault(known => known.Entry.RunId == run.RunId)?.Progress, _paces.GetValueOrDefault(run.RunId, new RunPace()));
        }
    }

    private async Task<ClusterState> LookAtSilosAsync(ClusterState state, CancellationToken cancellationToken)
    {
        var silos = (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken)).Keys.Order().ToList();
        var answers = await Task.WhenAll(silos.Select(silo => LookAtSiloAsync(silo, cancellationToken)));
        return state with
        {
            Silos = [.. answers.OfType<SiloStatusReport>().DistinctBy(report => report.Silo)],
            Silent = [.. silos.Where((_, index) => answers[index] is null).Select(silo => silo.Endpoint.ToString())],
        };
    }

    private async Task<SiloStatusReport?> LookAtSiloAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        try
        {
            return await grains.GetGrain<ISiloStatusGrain>(silo.ToParsableString()).LookAsync().WaitAsync(cancellationToken);
        }
        catch (Exception error) when (ClusterTrouble.Is(error))
        {
            return null;
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }

    private async Task<IReadOnlyList<ScheduleState>> LookAtSchedulesAsync(CancellationToken cancellationToken)
    {
        var names = await grains.GetGrain<IScheduleIndexGrain>(IScheduleIndexGrain.Key).ListAsync().WaitAsync(cancellationToken);
        var schedules = await Task.WhenAll(names.Select(name => grains.GetGrain<IScheduleGrain>(name).GetAsync().WaitAsync(cancellationToken)));
        return [.. schedules.OfType<ScheduleState>().Where(schedule => schedule.Definition is not null)];
    }

    private bool IsDue(ref long? last, TimeSpan every)
    {
        if (last is { } then && time.GetElapsedTime(then) < every) return false;

        last = time.GetTimestamp();
        return true;
    }

    [LoggerMessage(EventId = 430, Level = LogLevel.Warning, Message = "The dashboard could not look at the cluster; it shows its last look and tries again")]
    private partial void LogFailed(Exception error);

    private sealed class Watching(ClusterWatch watch, Action changed) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 1) return;

            watch.Changed -= changed;
            Interlocked.Decrement(ref watch._watchers);
        }
    }
}
