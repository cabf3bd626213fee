using Curation.Grains.Telemetry;
using Curation.Pipeline.Runs;

namespace Curation.Grains.Placement;

/// <summary>Counts the sources in work on this silo, and sends new ones away while it drains.</summary>
/// <param name="drain">The gate.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="self">This silo.</param>
/// <param name="time">The clock of the durations.</param>
internal sealed class SourceDrainFilter(SiloDrain drain, CurationMetrics metrics, ILocalSiloDetails self, TimeProvider time) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod?.DeclaringType != typeof(ISourceGrain))
        {
            await context.Invoke();
            return;
        }

        var request = context.Request;
        using var place = drain.TryEnter(() => request.TryCancel()) ?? throw Draining();
        using var trace = CurationMetrics.Traces.StartActivity("source");
        metrics.SourceStarted();
        var started = time.GetTimestamp();
        try
        {
            await context.Invoke();
        }
        catch (OperationCanceledException) when (drain.IsHandingOver)
        {
            metrics.SourceEnded("handed_over", time.GetElapsedTime(started));
            throw Draining();
        }
        catch (Exception) // Counted and passed on.
        {
            metrics.SourceEnded("error", time.GetElapsedTime(started));
            throw;
        }

        if (context.Result is SourceSummary summary) metrics.SourceEnded(summary, time.GetElapsedTime(started));
        else metrics.SourceEnded("error", time.GetElapsedTime(started));
    }

    private SiloDrainingException Draining() => new(self.SiloAddress.Endpoint.ToString());
}
