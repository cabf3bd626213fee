namespace Curation.Silo.Tests.EndToEnd;

/// <summary>An encoder that ends well but leaves a file that nothing can read, as on a disk that was full for a moment.</summary>
public sealed class SpoiledCutTests(UndisturbedRun undisturbed)
{
    [Fact]
    public async Task Clip_that_cannot_be_read_back_once_is_cut_again()
    {
        await undisturbed.ReadyAsync();
        using var folder = new ScratchFolder();

        (await RunAsync(folder, spoiled: 1)).Ended(0);

        new WrittenDataset(folder.File("out")).AssertSameRows(undisturbed.Dataset);
        new WrittenDataset(folder.File("out")).AssertNothingLeftOver();
    }

    [Fact]
    public async Task Clip_that_can_never_be_read_back_is_its_sources_fault()
    {
        await undisturbed.ReadyAsync();
        using var folder = new ScratchFolder();

        _ = await RunAsync(folder, spoiled: int.MaxValue);

        var quarantined = new WrittenDataset(folder.File("out")).Rows("quarantine");
        Assert.Equal(2, quarantined.Count);
        Assert.All(quarantined, row => Assert.Contains("cannot be read back", (string)row["reason"]!, StringComparison.Ordinal));
    }

    private async Task<CurateResult> RunAsync(ScratchFolder folder, int spoiled)
    {
        var tools = folder.Folder("tools");
        Write("ffprobe", "exec \"$real\" \"$@\"\n");
        Write("ffmpeg", $$"""
            "$real" "$@"
            code=$?
            for last; do :; done
            case " $* " in *" flac "*)
              spoiled=$(ls '{{tools}}' | grep -c '^spoiled')
              if [ "$spoiled" -lt {{spoiled}} ]; then : > '{{tools}}'/spoiled.$$; truncate -s 100 "${last#file:}"; fi
            esac
            exit $code

            """);

        await using var process = CurateProcess.Start(null, new Dictionary<string, string> { ["FFMPEG_DIR"] = tools }, [.. undisturbed.Arguments(folder.File("out"))]);
        return await process.ExitAsync();

        void Write(string name, string does)
        {
            var script = Path.Combine(tools, name);
            File.WriteAllText(script, $"#!/bin/sh\nreal=$(command -v {name})\n{does}");
            Tool.Run("chmod", "+x", script);
        }
    }
}
