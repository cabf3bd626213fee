using Curation.Pipeline.Runs;
using Microsoft.Extensions.Options;

namespace Curation.Grains;

/// <summary>Keeps the sources of all runs on this silo within its capacity, one run's turn after the other's.</summary>
internal sealed class SourceGateFilter(IOptions<SiloCapacity> capacity) : IIncomingGrainCallFilter
{
    private readonly FairGate? _gate = capacity.Value.Sources is { } sources ? new FairGate(sources) : null;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (_gate is null || context.InterfaceMethod?.DeclaringType != typeof(ISourceGrain) || context.Request.GetArgument(0) is not RunPlan plan)
        {
            await context.Invoke();
            return;
        }

        using var turn = await _gate.EnterAsync(plan.RunId, context.Request.GetCancellationToken());
        await context.Invoke();
    }
}
