using System.Diagnostics;
using Curation.Clips;
using Curation.Grains.Placement;
using Curation.Pipeline.Budgets;
using Curation.Pipeline.Modelling;
using Microsoft.Extensions.Options;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Statistics;

namespace Curation.Grains.Silos;

/// <inheritdoc cref="ISiloStatusGrain" />
/// <param name="self">The silo.</param>
/// <param name="metadata">Its roles.</param>
/// <param name="drain">Its work.</param>
/// <param name="capacity">What it takes at once.</param>
/// <param name="statistics">Its machine.</param>
/// <param name="memory">What decoders hold.</param>
/// <param name="budget">What they may hold.</param>
/// <param name="models">Its models.</param>
public sealed class SiloStatusGrain(
    ILocalSiloDetails self,
    ISiloMetadataCache metadata,
    SiloDrain drain,
    IOptions<SiloCapacity> capacity,
    IEnvironmentStatisticsProvider statistics,
    MemoryBudget memory,
    MemoryOptions budget,
    ModelSets models) : Grain, ISiloStatusGrain
{
    private static readonly DateTimeOffset Started = StartOfProcess();

    private IReadOnlyList<string> _slots = [];
    private Task<IReadOnlyList<string>>? _finding;

    /// <inheritdoc />
    public async Task<SiloStatusReport> LookAsync()
    {
        await FindSlotsAsync();
        var roles = metadata.GetSiloMetadata(self.SiloAddress)?.Metadata;
        var machine = statistics.GetEnvironmentStatistics();
        return new SiloStatusReport(
            self.SiloAddress.Endpoint.ToString(),
            Environment.MachineName,
            [.. SiloRoles.All.Where(role => roles?.ContainsKey(SiloRoles.MetadataKey(role)) == true)],
            drain.InFlight,
            capacity.Value.Sources,
            drain.IsDraining)
        {
            ProcessorPercent = Math.Clamp(machine.FilteredCpuUsagePercentage, 0, 100),
            ProcessBytes = Environment.WorkingSet,
            MachineBytes = machine.MaximumAvailableMemoryBytes,
            ReservedBytes = memory.Used,
            BudgetBytes = budget.Bytes,
            ModelSlots = _slots,
            StartedUtc = Started,
            Version = PipelineVersion.Current,
        };
    }

    // The first look at a folder hashes its models, which nobody should wait for.
    private async Task FindSlotsAsync()
    {
        _finding ??= models.FindSlotsAsync(CancellationToken.None);
        if (!_finding.IsCompleted) return;

        var found = _finding;
        _finding = null;
        _slots = await found;
    }

    private static DateTimeOffset StartOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }
}
