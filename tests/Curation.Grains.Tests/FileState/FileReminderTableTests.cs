using Curation.Grains.FileState;
using Microsoft.Extensions.Logging.Abstractions;

namespace Curation.Grains.Tests.FileState;

public sealed class FileReminderTableTests : IDisposable
{
    private static readonly DateTime Start = new(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc);

    private readonly StateScratch _scratch = new();
    private readonly List<StateFolder> _opened = [];

    public void Dispose()
    {
        _opened.ForEach(folder => folder.Dispose());
        _scratch.Dispose();
    }

    [Fact]
    public async Task Reminder_is_there_after_a_restart_with_its_time_and_period()
    {
        var table = await StartAsync();
        var old = await table.UpsertRow(Entry("a", "cron", minutes: 7));
        var tag = await table.UpsertRow(Entry("a", "cron"));
        await table.UpsertRow(Entry("a", "second", minutes: 3));
        await table.UpsertRow(Entry("b", "cron"));

        var later = await StartAsync();
        var read = await later.ReadRow(Grain("a"), "cron");

        Assert.NotNull(read);
        Assert.Equal((Grain("a"), "cron"), (read.GrainId, read.ReminderName));
        Assert.False(string.IsNullOrEmpty(tag));
        Assert.NotEqual(old, tag);
        Assert.Equal(tag, read.ETag);
        Assert.Equal(Start, read.StartAt);
        Assert.Equal(DateTimeKind.Utc, read.StartAt.Kind);
        Assert.Equal(TimeSpan.FromMinutes(1), read.Period);

        // The others are as whole as this one, each once, and nobody else's are among them.
        Assert.Equal([("a", "cron", 1), ("a", "second", 3)], Told(await later.ReadRows(Grain("a"))));
        Assert.Equal([("a", "cron", 1), ("a", "second", 3), ("b", "cron", 1)], Told(await later.ReadRows(0, 0)));
        Assert.Null(await later.ReadRow(Grain("b"), "second"));

        // What was read before the restart is still known by its version.
        Assert.True(await later.RemoveRow(Grain("a"), "cron", tag!));
    }

    [Fact]
    public async Task Reminder_is_removed_only_by_whoever_knows_its_last_version()
    {
        var table = await StartAsync();
        var old = await table.UpsertRow(Entry("a", "cron"));
        var tag = await table.UpsertRow(Entry("a", "cron", minutes: 2));

        Assert.False(await table.RemoveRow(Grain("a"), "cron", old!));
        Assert.False(await table.RemoveRow(Grain("b"), "cron", tag!));
        Assert.True(await table.RemoveRow(Grain("a"), "cron", tag!));
        Assert.False(await table.RemoveRow(Grain("a"), "cron", tag!));
        Assert.Null(await (await StartAsync()).ReadRow(Grain("a"), "cron"));
    }

    [Fact]
    public async Task Ranges_of_the_ring_hold_each_reminder_once()
    {
        var table = await StartAsync();
        for (var i = 0; i < 50; i++) await table.UpsertRow(Entry($"grain{i}", "cron"));
        var hash = Grain("grain7").GetUniformHashCode();

        // (begin, end] for a begin below its end; else what is above begin and what is not above end.
        Assert.Contains("grain7", await KeysAsync(table, hash - 1, hash));
        Assert.DoesNotContain("grain7", await KeysAsync(table, hash, hash + 1));
        Assert.DoesNotContain("grain7", await KeysAsync(table, hash, hash - 1));
        Assert.Contains("grain7", await KeysAsync(table, hash + 1, hash));
        var halves = (await KeysAsync(table, 0, uint.MaxValue / 2)).Concat(await KeysAsync(table, uint.MaxValue / 2, 0)).ToList();
        Assert.Equal(50, halves.Count);
        Assert.Equal(50, halves.Distinct().Count());
    }

    [Fact]
    public async Task Damaged_reminder_is_moved_aside_and_the_others_still_tick()
    {
        var table = await StartAsync();
        await table.UpsertRow(Entry("a", "cron"));
        var file = Assert.Single(_scratch.Files("reminders"));
        await table.UpsertRow(Entry("b", "cron"));
        await File.WriteAllTextAsync(file, "{", TestContext.Current.CancellationToken);

        var later = await StartAsync();

        Assert.Equal("b", Assert.Single((await later.ReadRows(0, 0)).Reminders).GrainId.Key.ToString());
        Assert.Single(_scratch.Files("damaged"));
    }

    private static GrainId Grain(string key) => GrainId.Create("schedule", key);

    private static ReminderEntry Entry(string key, string name, int minutes = 1) =>
        new() { GrainId = Grain(key), ReminderName = name, StartAt = Start, Period = TimeSpan.FromMinutes(minutes) };

    private static IEnumerable<(string Grain, string Name, double Minutes)> Told(ReminderTableData read) =>
        read.Reminders.Select(entry => (entry.GrainId.Key.ToString()!, entry.ReminderName, entry.Period.TotalMinutes)).Order();

    private static async Task<IReadOnlyList<string>> KeysAsync(FileReminderTable table, uint begin, uint end) =>
        [.. (await table.ReadRows(begin, end)).Reminders.Select(entry => entry.GrainId.Key.ToString()!)];

    private async Task<FileReminderTable> StartAsync()
    {
        _opened.ForEach(folder => folder.Dispose());
        var folder = _scratch.Open();
        _opened.Add(folder);
        var table = new FileReminderTable(folder, NullLogger<FileReminderTable>.Instance);
        await table.StartAsync(TestContext.Current.CancellationToken);
        return table;
    }
}
