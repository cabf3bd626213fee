using Curation.Grains.FileState;
using Orleans.Storage;

namespace Curation.Grains.Tests.FileState;

public sealed class FileGrainStorageTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("tally", "night/../ly\u0001 ü");

    private readonly StateScratch _scratch = new();
    private readonly StateFolder _folder;
    private readonly FileGrainStorage _storage;

    public FileGrainStorageTests()
    {
        _folder = _scratch.Open();
        _storage = _scratch.Storage(_folder);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task State_that_was_never_written_is_a_new_one()
    {
        var read = await ReadAsync(_storage);

        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
        Assert.Equal(0, read.State!.Count);
    }

    [Fact]
    public async Task Written_state_is_read_again_after_a_restart()
    {
        var written = new GrainState<Tally>(new Tally { Count = 3, Day = DayOfWeek.Friday, Names = ["a", "ü\n"] });
        await _storage.WriteStateAsync("tally", Grain, written);
        _folder.Dispose();

        using var later = _scratch.Open();
        var read = await ReadAsync(_scratch.Storage(later));

        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(3, read.State!.Count);
        Assert.Equal(DayOfWeek.Friday, read.State!.Day);
        Assert.Equal(["a", "ü\n"], read.State!.Names);
        Assert.All(_scratch.Files(""), file => Assert.StartsWith(_scratch.Root + Path.DirectorySeparatorChar, Path.GetFullPath(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Writer_that_did_not_see_the_last_write_is_refused_and_changes_nothing()
    {
        var first = new GrainState<Tally>(new Tally { Count = 1 });
        await _storage.WriteStateAsync("tally", Grain, first);
        var stale = await ReadAsync(_storage);
        first.State = new Tally { Count = 2 };
        await _storage.WriteStateAsync("tally", Grain, first);

        stale.State = new Tally { Count = 9 };
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("tally", Grain, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.ClearStateAsync("tally", Grain, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("tally", Grain, new GrainState<Tally>(new Tally())));

        Assert.Equal(2, (await ReadAsync(_storage)).State!.Count);
    }

    [Fact]
    public async Task Of_writers_at_once_exactly_one_wins()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(async () =>
        {
            try
            {
                await _storage.WriteStateAsync("tally", Grain, new GrainState<Tally>(new Tally { Count = number }));
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        })));

        Assert.Single(answers, won => won);
    }

    [Fact]
    public async Task Cleared_state_is_gone_after_a_restart_and_can_be_written_again()
    {
        var state = new GrainState<Tally>(new Tally { Count = 1 });
        await _storage.WriteStateAsync("tally", Grain, state);
        await _storage.ClearStateAsync("tally", Grain, state);
        _folder.Dispose();

        using var later = _scratch.Open();
        var storage = _scratch.Storage(later);
        Assert.False((await ReadAsync(storage)).RecordExists);
        Assert.False(state.RecordExists);
        await storage.WriteStateAsync("tally", Grain, new GrainState<Tally>(new Tally { Count = 2 }));

        Assert.Equal(2, (await ReadAsync(storage)).State!.Count);
    }

    [Fact]
    public async Task States_of_different_names_and_grains_do_not_meet()
    {
        var other = GrainId.Create("tally", "night/../ly\u0001 ö");
        await _storage.WriteStateAsync("tally", Grain, new GrainState<Tally>(new Tally { Count = 1 }));
        await _storage.WriteStateAsync("second", Grain, new GrainState<Tally>(new Tally { Count = 2 }));
        await _storage.WriteStateAsync("tally", other, new GrainState<Tally>(new Tally { Count = 3 }));

        Assert.Equal(1, (await ReadAsync(_storage)).State!.Count);
        Assert.Equal(2, (await ReadAsync(_storage, "second")).State!.Count);
        Assert.Equal(3, (await ReadAsync(_storage, grain: other)).State!.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Grain\":\"tally/")]
    [InlineData("null")]
    [InlineData("{\"Grain\":\"tally/another\",\"State\":\"tally\",\"Value\":{\"Count\":7}}")]
    public async Task Damaged_file_is_moved_aside_and_told_and_the_next_read_starts_anew(string content)
    {
        await _storage.WriteStateAsync("tally", Grain, new GrainState<Tally>(new Tally { Count = 1 }));
        var file = Assert.Single(_scratch.Files("grains"));
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        var told = await Assert.ThrowsAsync<DamagedStateException>(() => ReadAsync(_storage));

        var aside = Assert.Single(_scratch.Files("damaged"));
        Assert.Contains(file, told.Message, StringComparison.Ordinal);
        Assert.Contains(aside, told.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(aside, TestContext.Current.CancellationToken));
        Assert.False((await ReadAsync(_storage)).RecordExists);
    }

    [Fact]
    public async Task Unfinished_write_of_a_killed_silo_leaves_the_state_as_it_was()
    {
        await _storage.WriteStateAsync("tally", Grain, new GrainState<Tally>(new Tally { Count = 1 }));

        // What a kill between the first byte and the rename leaves: a part of a file, under a name that nobody reads.
        var temporary = Directory.CreateDirectory(Path.Combine(_scratch.Root, "_state", "tmp")).FullName;
        await File.WriteAllTextAsync(Path.Combine(temporary, ".tmp-x-1-y-1"), "{\"Grain\":", TestContext.Current.CancellationToken);

        var read = await ReadAsync(_storage);
        Assert.Equal(1, read.State!.Count);
        read.State = new Tally { Count = 2 };
        await _storage.WriteStateAsync("tally", Grain, read);
        Assert.Equal(2, (await ReadAsync(_storage)).State!.Count);
    }

    [Fact]
    public async Task Unwritable_disk_is_an_error_and_the_state_stays_as_it_was()
    {
        var state = new GrainState<Tally>(new Tally { Count = 1 });
        await _storage.WriteStateAsync("tally", Grain, state);
        var tag = state.ETag;

        // A file where the folder for temporary files must be: no file can be started.
        Directory.Delete(Path.Combine(_scratch.Root, "_state", "tmp"), true);
        await File.WriteAllTextAsync(Path.Combine(_scratch.Root, "_state", "tmp"), "", TestContext.Current.CancellationToken);
        state.State = new Tally { Count = 2 };
        await Assert.ThrowsAnyAsync<IOException>(() => _storage.WriteStateAsync("tally", Grain, state));

        Assert.Equal(tag, state.ETag);
        Assert.Equal(1, (await ReadAsync(_storage)).State!.Count);
    }

    private static async Task<GrainState<Tally>> ReadAsync(FileGrainStorage storage, string name = "tally", GrainId? grain = null)
    {
        var state = new GrainState<Tally>(new Tally { Count = -1 });
        await storage.ReadStateAsync(name, grain ?? Grain, state);
        return state;
    }
}
