using System.Collections.Concurrent;
using Curation.Models.Catalogue;
using Curation.Models.Endpoints;
using Curation.Models.Running;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Curation.Pipeline.Modelling;

/// <summary>The models of this process: those of a folder are opened once and shared by its runs; endpoints, with their budgets, belong to one run.</summary>
/// <param name="catalog">The slots there are.</param>
/// <param name="options">Devices and batches; the folder comes from the run.</param>
/// <param name="stores">Where the answers of endpoints are kept that were paid for.</param>
/// <param name="time">Clock of the endpoints.</param>
/// <param name="logs">Where models and endpoints log.</param>
public sealed class ModelSets(ModelCatalog catalog, ModelOptions options, DatasetStores stores, TimeProvider time, ILoggerFactory logs) : IDisposable
{
    private const string AnswerFolder = "_state/answers";

    private readonly ConcurrentDictionary<string, Lazy<SlotRegistry>> _registries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<ModelSet>> _sets = new(StringComparer.Ordinal);
    private HashSet<string> _ended = [];

    /// <summary>The slots of a folder.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <returns>The registry; its models open when first asked for.</returns>
    public SlotRegistry SlotsOf(string folder) => _registries.GetOrAdd(folder, path => new Lazy<SlotRegistry>(
        () => new SlotRegistry(catalog, options with { Folder = path }, logs.CreateLogger<SlotRegistry>()))).Value;

    /// <summary>The slots whose models this process has found in the folders that its runs named so far.</summary>
    /// <param name="cancellationToken">Stops the looking.</param>
    /// <returns>Names in alphabetical order; none before the first run with models.</returns>
    public async Task<IReadOnlyList<string>> FindSlotsAsync(CancellationToken cancellationToken)
    {
        var present = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var registry in _registries.Values.Where(registry => registry.IsValueCreated))
        {
            foreach (var state in await registry.Value.StatesAsync(cancellationToken)) if (state.IsAvailable) present.Add(state.Slot);
        }

        return [.. present];
    }

    /// <summary>The models and endpoints of a run.</summary>
    /// <param name="plan">The run.</param>
    /// <returns>Null for a run without a models folder.</returns>
    public ModelSet? Of(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.ModelsFolder is not { } folder ? null : _sets.GetOrAdd(plan.RunId, _ => new Lazy<ModelSet>(
            () => new ModelSet(folder, SlotsOf(folder), new EndpointSet(EndpointsInUse.Read(folder), Answers(plan), time, logs), plan.Models))).Value;
    }

    /// <summary>Closes the endpoints of a run that ended.</summary>
    /// <param name="runId">The run.</param>
    public void Forget(string runId)
    {
        if (_sets.TryRemove(runId, out var set) && set.IsValueCreated) set.Value.Endpoints.Dispose();
    }

    /// <summary>Closes the endpoints of runs that ended elsewhere: of those that are missing here now and were the last time.</summary>
    /// <param name="activeRuns">Runs that have not ended; one that has just begun may not be among them yet.</param>
    public void KeepOnly(IReadOnlySet<string> activeRuns)
    {
        ArgumentNullException.ThrowIfNull(activeRuns);

        var absent = _sets.Keys.Where(run => !activeRuns.Contains(run)).ToHashSet(StringComparer.Ordinal);
        var before = Interlocked.Exchange(ref _ended, absent);
        foreach (var run in absent.Where(before.Contains)) Forget(run);
    }

    private AnswerCache Answers(RunPlan plan)
    {
        var store = stores.Of(plan.Output);
        return new AnswerCache(
            async (path, stop) => (await store.ReadAsync($"{AnswerFolder}/{path}", stop))?.Content,
            (path, content, stop) => store.PutAsync($"{AnswerFolder}/{path}", content, stop));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var run in _sets.Keys) Forget(run);
        foreach (var registry in _registries.Values) if (registry.IsValueCreated) registry.Value.Dispose();
    }
}
