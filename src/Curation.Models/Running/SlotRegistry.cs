using System.Collections.Concurrent;
using System.Text.Json;
using Curation.Models.Catalogue;
using Microsoft.Extensions.Logging;

namespace Curation.Models.Running;

/// <summary>
/// The models of this process: one session for each file and device, opened when first asked for.
/// A model that is missing, has a wrong hash or cannot be loaded makes its slot absent with the reason; it never stops the run.
/// </summary>
public sealed partial class SlotRegistry : IDisposable
{
    private readonly ModelCatalog _catalog;
    private readonly ModelOptions _options;
    private readonly ILogger<SlotRegistry> _logger;
    private readonly ModelFolder? _folder;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Checks the options; opens nothing.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="options">Folder and devices.</param>
    /// <param name="logger">Told of models that cannot be used.</param>
    /// <exception cref="ArgumentException">The options are wrong; all faults at once.</exception>
    public SlotRegistry(ModelCatalog catalog, ModelOptions options, ILogger<SlotRegistry> logger)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        var faults = options.Faults(catalog.Names);
        if (faults.Count > 0) throw new ArgumentException(string.Join('\n', faults), nameof(options));

        (_catalog, _options, _logger) = (catalog, options, logger);
        _folder = options.Folder is null ? null : new ModelFolder(options.Folder, catalog);
    }

    /// <summary>Every slot.</summary>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <returns>States in the catalogue's order.</returns>
    public async Task<IReadOnlyList<SlotState>> StatesAsync(CancellationToken cancellationToken = default)
    {
        var states = new List<SlotState>();
        foreach (var slot in _catalog.Slots) states.Add(await StateAsync(slot.Slot, cancellationToken));
        return states;
    }

    /// <summary>Whether a slot can be used. Loads nothing: a file that is there and has the right hash counts until loading it fails.</summary>
    /// <param name="slot">Name of the slot.</param>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <returns>The state.</returns>
    /// <exception cref="ArgumentException">There is no such slot.</exception>
    public async Task<SlotState> StateAsync(string slot, CancellationToken cancellationToken = default)
    {
        var entry = EntryOf(slot);
        using (await entry.EnterAsync(cancellationToken)) return await StateAsync(entry, cancellationToken);
    }

    /// <summary>The adapter of a slot, made once and kept.</summary>
    /// <typeparam name="TAdapter">What runs the slot's model.</typeparam>
    /// <param name="slot">Name of the slot.</param>
    /// <param name="make">Makes it from the slot's graphs; may refuse them with <see cref="ModelUnavailableException"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The adapter; null where the slot is absent, and its state says why.</returns>
    /// <exception cref="ArgumentException">There is no such slot.</exception>
    public async Task<TAdapter?> OpenAsync<TAdapter>(string slot, Func<SlotGraphs, TAdapter> make, CancellationToken cancellationToken = default)
        where TAdapter : class
    {
        ArgumentNullException.ThrowIfNull(make);
        var entry = EntryOf(slot);
        using (await entry.EnterAsync(cancellationToken))
        {
            if (entry.Adapters.TryGetValue(typeof(TAdapter), out var known)) return (TAdapter)known;

            var state = await StateAsync(entry, cancellationToken);
            if (!state.IsAvailable) return null;

            try
            {
                var adapter = make(new SlotGraphs(entry.Status!, _options.DeviceOf(entry.Slot.Slot), path => GraphAt(entry, path), (path, part, cut) => PartOf(entry, path, part, cut)));
                entry.Adapters[typeof(TAdapter)] = adapter;
                return adapter;
            }
            catch (Exception failure) when (ModelFault.ReasonOf(failure) is not null || failure is ArgumentException or FormatException or IOException or JsonException)
            {
                entry.State = state with { Reason = failure.Message, Sha256 = null };
                LogUnavailable(slot, failure.Message);
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var entry in _entries.Values) entry.Dispose();
        _entries.Clear();
    }

    private Entry EntryOf(string slot) => _catalog.Find(slot) is { } known
        ? _entries.GetOrAdd(slot, _ => new Entry(known))
        : throw new ArgumentException($"There is no model slot '{slot}'; there are {string.Join(", ", _catalog.Names)}.", nameof(slot));

    private async Task<SlotState> StateAsync(Entry entry, CancellationToken cancellationToken)
    {
        if (entry.State is { } known) return known;

        var slot = entry.Slot;
        if (_folder is null) return entry.State = new SlotState(slot.Slot, $"model slot '{slot.Slot}' is absent: no models folder is in use", slot.Model, slot.Version, null);

        entry.Status = await _folder.StatusAsync(slot, cancellationToken);
        if (entry.Status.Condition == SlotCondition.WrongHash) LogUnavailable(slot.Slot, entry.Status.Reason!);
        return entry.State = new SlotState(slot.Slot, entry.Status.Condition == SlotCondition.Present ? null : $"model slot '{slot.Slot}' is absent: {entry.Status.Reason}", slot.Model, slot.Version, entry.Status.Digest);
    }

    private OnnxGraph GraphAt(Entry entry, string path)
    {
        if (!entry.Graphs.TryGetValue(path, out var graph)) entry.Graphs[path] = graph = OnnxGraph.Open(path, _options.DeviceOf(entry.Slot.Slot));
        return graph;
    }

    private OnnxGraph PartOf(Entry entry, string path, string part, Func<byte[], byte[]> cut)
    {
        var key = $"{path}#{part}";
        if (!entry.Graphs.TryGetValue(key, out var graph)) entry.Graphs[key] = graph = OnnxGraph.Open(key, cut(File.ReadAllBytes(path)), _options.DeviceOf(entry.Slot.Slot));
        return graph;
    }

    private sealed class Entry(CatalogSlot slot) : IDisposable
    {
        private readonly SemaphoreSlim _turn = new(1);

        public CatalogSlot Slot { get; } = slot;

        public SlotStatus? Status { get; set; }

        public SlotState? State { get; set; }

        public Dictionary<string, OnnxGraph> Graphs { get; } = new(StringComparer.Ordinal);

        public Dictionary<Type, object> Adapters { get; } = [];

        public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
        {
            await _turn.WaitAsync(cancellationToken);
            return new Turn(_turn);
        }

        public void Dispose()
        {
            foreach (var graph in Graphs.Values) graph.Dispose();
            _turn.Dispose();
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
