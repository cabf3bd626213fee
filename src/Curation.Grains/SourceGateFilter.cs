using Curation.Grains.Telemetry;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.Options;

namespace Curation.Grains;

/// <summary>Keeps the sources of all runs on this silo within its capacity, one run's turn after the other's.</summary>
internal sealed class SourceGateFilter(IOptions<SiloCapacity> capacity, CurationMetrics metrics, TimeProvider time) : IIncomingGrainCallFilter
{
    private readonly FairGate? _gate = capacity.Value.Sources is { } sources ? new FairGate(sources) : null;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (_gate is null || context.InterfaceMethod?.DeclaringType != typeof(ISourceGrain) || context.Request.GetArgument(0) is not RunPlan plan)
        {
            await context.Invoke();
            return;
        }

        var arrived = time.GetTimestamp();
        using var turn = await _gate.EnterAsync(plan.RunId, context.Request.GetCancellationToken());
        metrics.QueueWaited(time.GetElapsedTime(arrived));
        await context.Invoke();
    }
}
