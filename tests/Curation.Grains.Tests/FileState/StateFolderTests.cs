using System.Diagnostics;
using System.Globalization;
using Curation.Grains.FileState;

namespace Curation.Grains.Tests.FileState;

public sealed class StateFolderTests : IDisposable
{
    private const string Folder = "CURATION_TEST_STATE_FOLDER";
    private const string Acknowledged = "acknowledged";
    private const int Grains = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly StateScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Second_silo_on_a_folder_is_refused_with_the_way_out()
    {
        using var first = _scratch.Open();
        first.Open();
        first.Open();
        using var second = _scratch.Open();

        var refused = Assert.Throws<StateFolderException>(second.Open);

        Assert.Contains(_scratch.Root, refused.Message, StringComparison.Ordinal);
        Assert.Contains("another silo", refused.Message, StringComparison.Ordinal);
        first.Dispose();
        second.Open();
    }

    [Fact]
    public void File_in_the_place_of_the_folder_is_a_clear_error()
    {
        var path = Path.Combine(_scratch.Root, "file");
        File.WriteAllText(path, "");
        using var folder = new StateFolder(path, TimeProvider.System);

        Assert.Contains(path, Assert.Throws<StateFolderException>(folder.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_survives_a_writer_that_is_killed_at_any_moment()
    {
        // Kills at other moments each round; whatever a write had told as done must be there, and whole.
        for (var round = 0; round < 6; round++)
        {
            using (var writer = StartWriter())
            {
                var before = LastAcknowledged();
                var waited = Stopwatch.StartNew();
                while (LastAcknowledged() < before + 5 + (7 * round))
                {
                    Assert.False(writer.HasExited, "the writer ended by itself");
                    Assert.True(waited.Elapsed < Limit, "the writer writes nothing");
                    await Task.Yield();
                }

                writer.Kill();
                await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            var told = LastAcknowledged();
            using var folder = _scratch.Open();
            var storage = _scratch.Storage(folder);
            for (var grain = 0; grain < Grains; grain++)
            {
                var state = new GrainState<Tally>(new Tally());
                await storage.ReadStateAsync("tally", Grain(grain), state);

                // The last write may have happened and not been told any more.
                Assert.InRange(state.State!.Count, LastOf(told, grain), LastOf(told + 1, grain));
            }
        }

        Assert.Empty(_scratch.Files("damaged"));
    }

    /// <summary>Not a test: what the test above starts and kills.</summary>
    [Fact(Explicit = true)]
    public async Task Writer_writes_until_it_is_killed()
    {
        var root = Environment.GetEnvironmentVariable(Folder);
        Assert.SkipWhen(root is null, "started by another test only");

        using var folder = new StateFolder(root!, TimeProvider.System);
        var storage = _scratch.Storage(folder);
        var states = Enumerable.Range(0, Grains).Select(_ => new GrainState<Tally>(new Tally())).ToArray();
        for (var grain = 0; grain < Grains; grain++) await storage.ReadStateAsync("tally", Grain(grain), states[grain]);

        await using var acknowledged = new FileStream(Path.Combine(root!, Acknowledged), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
        for (var count = states.Max(state => state.State!.Count) + 1; ; count++)
        {
            var state = states[count % Grains];
            state.State = new Tally { Count = count, Names = [new string('x', 20_000)] };
            await storage.WriteStateAsync("tally", Grain(count % Grains), state);
            acknowledged.Write(System.Text.Encoding.ASCII.GetBytes(count.ToString("D8", CultureInfo.InvariantCulture)));
        }
    }

    private static GrainId Grain(int number) => GrainId.Create("tally", $"{number}");

    // The largest number up to the last that the grain was given; grains take turns.
    private static int LastOf(int told, int grain) => Math.Max(0, told - ((told - grain + Grains) % Grains));

    private int LastAcknowledged()
    {
        var file = new FileInfo(Path.Combine(_scratch.Root, Acknowledged));
        if (!file.Exists || file.Length < 8) return 0;

        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var last = new byte[8];
        stream.Position = (stream.Length - 8) / 8 * 8;
        stream.ReadExactly(last);
        return int.Parse(last, CultureInfo.InvariantCulture);
    }

    private Process StartWriter()
    {
        // The tests are their own program, or a library that dotnet runs.
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { typeof(StateFolderTests).Assembly.Location, "--explicit", "only", "--filter-method", $"{typeof(StateFolderTests).FullName}.{nameof(Writer_writes_until_it_is_killed)}" },
            Environment = { [Folder] = _scratch.Root },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
