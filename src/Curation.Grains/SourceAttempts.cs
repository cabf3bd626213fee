using System.Security.Cryptography;
using System.Text;
using Curation.Grains.Placement;
using Curation.Pipeline;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.Logging;

namespace Curation.Grains;

/// <summary>Takes one source to its end: on a silo with room, on another one where that is lost, and into quarantine where nothing helps.</summary>
internal sealed class SourceAttempts(
    RunPlan plan, ICuratePipeline pipeline, IGrainFactory grains, SourceLedger ledger, SiloPlaces places, ISiloRoster roster, RunPause pause, RunPatience patience,
    Func<bool, Task> siloKnown, ILogger logger, CancellationToken cancel, CancellationToken stop)
{
    private const string RunStage = "run";

    private readonly Dictionary<int, RunPlan> _plans = [];

    /// <summary>Works on a source until something is known of it.</summary>
    /// <returns>Its counts.</returns>
    public async Task<SourceSummary> RunAsync(ListedSource source)
    {
        SiloAddress? last = null;
        SourceFailure failure;
        try
        {
            return await patience.DoAsync(source.Item.Uri, TryAsync);
        }
        catch (SourceFailedException poison)
        {
            failure = poison.Failure;
        }
        catch (SourceLostException lost)
        {
            failure = new SourceFailure(RunStage, $"given up, because every silo that tried it was lost; the last one said: {lost.Message}", true);
        }
        catch (Exception bug) when (!stop.IsCancellationRequested && !StoreTrouble.Is(bug) && !RunPatience.MustWait(bug) && bug is not Pipeline.Sources.SourceInputException)
        {
            // One source's bug must not stop the run; it is told by name and tried again by the next run.
            RunLog.SourceFailed(logger, bug, source.Item.Uri);
            failure = new SourceFailure(RunStage, $"unexpected {bug.GetType().Name}: {bug.Message}", true);
        }

        var quarantined = await patience.DoAsync(source.Item.Uri, () => Task.Run(() => pipeline.QuarantineAsync(plan, source.Item, failure, cancel)));
        pause.Leave();
        return quarantined;

        async Task<SourceSummary> TryAsync()
        {
            // It may have been found out by the silo that took the run up.
            ThrowIfPoison(source.Position);
            using var place = await places.TakeAsync(ledger.IsSuspect(source.Position), last, stop);
            var silo = place.Silo.Silo;
            ledger.Place(source.Position, silo);
            try
            {
                await siloKnown(false);
                var summary = await CallAsync(source, place.Silo);
                pause.Leave();
                return summary;
            }
            catch (SiloDrainingException)
            {
                last = silo;
                places.Draining(silo);
                throw;
            }
            catch (Exception lost) when (!stop.IsCancellationRequested && !RunPatience.MustWait(lost) && (SourceLostException.Means(lost) || !roster.IsActive(silo)))
            {
                last = silo;
                if (SourceLostException.MayBeDeath(lost) && !roster.IsActive(silo)) await BlameAsync(source.Position, place);
                throw new SourceLostException(lost);
            }
            finally
            {
                ledger.Unplace(source.Position);
            }
        }
    }

    private async Task<SourceSummary> CallAsync(ListedSource source, SiloPlace silo)
    {
        Task<SourceSummary> call;
        RequestContext.Set(Orleans.Runtime.Placement.IPlacementDirector.PlacementHintKey, silo.Silo);
        try
        {
            call = grains.GetGrain<ISourceGrain>(KeyOf(source.Item.Uri)).ProcessAsync(PlanFor(silo), source.Item, cancel);
        }
        finally
        {
            RequestContext.Remove(Orleans.Runtime.Placement.IPlacementDirector.PlacementHintKey);
        }

        return await call;
    }

    private async Task BlameAsync(long position, SiloPlaces.Place place)
    {
        var news = places.Lost(place.Silo.Silo);
        ledger.Died(position, place.DiedAlone == true);
        await siloKnown(news);
        ThrowIfPoison(position);
    }

    private void ThrowIfPoison(long position)
    {
        if (ledger.Poison(position) is { } reason) throw new SourceFailedException(new SourceFailure(RunStage, reason, Retry: !ledger.IsSurelyPoison(position)));
    }

    private string KeyOf(string uri) => $"{plan.RunId}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri)))[..32]}";

    // A source is told how many share its silo, which decides how many threads its decoder gets.
    private RunPlan PlanFor(SiloPlace silo)
    {
        var beside = Math.Max(1, plan.Parallelism > 0 ? Math.Min(plan.Parallelism, silo.Share) : silo.Share);
        if (silo.Sources is null && plan.Parallelism > 0) beside = plan.Parallelism;
        if (!_plans.TryGetValue(beside, out var told)) _plans[beside] = told = plan with { Parallelism = beside };
        return told;
    }
}
