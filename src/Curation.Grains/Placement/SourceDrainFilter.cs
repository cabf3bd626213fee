using Curation.Grains.Telemetry;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;

namespace Curation.Grains.Placement;

/// <summary>Counts and traces the sources in work on this silo, and sends new ones away while it drains.</summary>
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
        if (request.GetArgument(0) is RunPlan plan) trace?.SetTag("curation.run", plan.RunId);
        if (request.GetArgument(1) is SourceItem item) trace?.SetTag("curation.source", item.Uri);
        metrics.SourceStarted();
        var started = time.GetTimestamp();
        var outcome = "error";
        SourceSummary? summary = null;
        try
        {
            await context.Invoke();
            summary = context.Result as SourceSummary;
        }
        catch (OperationCanceledException) when (drain.IsHandingOver)
        {
            outcome = "handed_over";
            throw Draining();
        }
        catch (OperationCanceledException) when (request.GetCancellationToken().IsCancellationRequested)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            var took = time.GetElapsedTime(started);
            if (summary is null) metrics.SourceEnded(outcome, took);
            else metrics.SourceEnded(summary, took);
            trace?.SetTag("curation.outcome", summary is null ? outcome : CurationMetrics.OutcomeOf(summary));
        }
    }

    private SiloDrainingException Draining() => new(self.SiloAddress.Endpoint.ToString());
}
