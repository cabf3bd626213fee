using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Curation.Grains.FileState;

/// <summary>Reminders in files, one file each, for a silo without a server. All of them are in memory; what changes is written before it counts.</summary>
/// <param name="folder">Where the files lie.</param>
/// <param name="logger">Hears of damaged files.</param>
public sealed partial class FileReminderTable(StateFolder folder, ILogger<FileReminderTable> logger) : IReminderTable, IDisposable
{
    private const string Reminders = "reminders";

    private readonly ConcurrentDictionary<(GrainId Grain, string Name), ReminderEntry> _entries = [];
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <inheritdoc />
    public Task Init() => StartAsync(CancellationToken.None);

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        folder.Open();
        _entries.Clear();
        foreach (var path in await folder.ListAsync(Reminders, cancellationToken))
        {
            if (await folder.ReadAsync(path, cancellationToken) is not { } content) continue;

            if (StateJson.Read<StoredReminder>(content, out var fault) is { } stored && TryParse(stored, out var grain))
            {
                _entries[(grain, stored.Name)] = ToEntry(grain, stored, StateFolder.TagOf(content.Span));
                continue;
            }

            // The other reminders must still tick; whose this one was registers it again when it is next awake.
            var aside = await folder.SetAsideAsync(path, cancellationToken);
            LogDamaged(logger, folder.FileOf(path), fault ?? "it names no grain", aside);
        }
    }

    /// <inheritdoc />
    public Task<ReminderTableData> ReadRows(GrainId grainId) =>
        Task.FromResult(new ReminderTableData(_entries.Values.Where(entry => entry.GrainId == grainId).Select(Copy)));

    /// <inheritdoc />
    public Task<ReminderTableData> ReadRows(uint begin, uint end) =>
        Task.FromResult(new ReminderTableData(_entries.Values.Where(entry => IsWithin(entry.GrainId.GetUniformHashCode(), begin, end)).Select(Copy)));

    /// <inheritdoc />
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        Task.FromResult(_entries.TryGetValue((grainId, reminderName), out var entry) ? Copy(entry) : null);

    /// <inheritdoc />
    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);

        var stored = new StoredReminder(entry.GrainId.ToString(), entry.ReminderName, entry.StartAt, entry.Period);
        var content = StateJson.Write(stored);
        var tag = StateFolder.TagOf(content);
        await _writing.WaitAsync();
        try
        {
            await folder.WriteAsync(StatePath.Of(Reminders, entry.GrainId, entry.ReminderName), content, CancellationToken.None);
            _entries[(entry.GrainId, entry.ReminderName)] = ToEntry(entry.GrainId, stored, tag);
            return tag;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc />
    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        await _writing.WaitAsync();
        try
        {
            if (!_entries.TryGetValue((grainId, reminderName), out var entry) || entry.ETag != eTag) return false;

            await folder.RemoveAsync(StatePath.Of(Reminders, grainId, reminderName), CancellationToken.None);
            return _entries.TryRemove((grainId, reminderName), out _);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc />
    public async Task TestOnlyClearTable()
    {
        foreach (var entry in _entries.Values) await RemoveRow(entry.GrainId, entry.ReminderName, entry.ETag!);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _writing.Dispose();

    // The ring of hashes: (begin, end], and where begin is not below end the part that goes round its top.
    private static bool IsWithin(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static bool TryParse(StoredReminder stored, out GrainId grain)
    {
        grain = default;
        return stored is { Grain: not null, Name.Length: > 0 } && GrainId.TryParse(stored.Grain, null, out grain) && !grain.IsDefault;
    }

    // Entries can be changed by whoever gets them, so nobody gets the table's own.
    private static ReminderEntry Copy(ReminderEntry entry) =>
        new() { GrainId = entry.GrainId, ReminderName = entry.ReminderName, StartAt = entry.StartAt, Period = entry.Period, ETag = entry.ETag };

    private static ReminderEntry ToEntry(GrainId grain, StoredReminder stored, string tag) =>
        new() { GrainId = grain, ReminderName = stored.Name, StartAt = stored.StartAt, Period = stored.Period, ETag = tag };

    [LoggerMessage(EventId = 201, Level = LogLevel.Error, Message = "The reminder in {File} is damaged: {Fault}. It was moved to {Aside}; its grain registers it again when it is next called")]
    private static partial void LogDamaged(ILogger logger, string file, string fault, string aside);
}
