using System.Text.Json;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Runs with models: the small real ones, and endpoints on loopback. Skipped where the fixtures are not beside the repository.</summary>
public sealed class ModelsTests
{
    [Fact]
    public async Task Models_that_come_later_measure_what_is_new_and_nothing_is_decoded_again()
    {
        using var folder = new ScratchFolder();
        var input = Clips(folder, "face-talking.mp4", "dog-bark.mp4");

        // One source whose clips are rejected: the first seconds of the slides.
        MadeMedia.Ffmpeg("-i", RealClips.Require("clips/slide-talk-1080p.mp4"), "-t", "6", "-c", "copy", Path.Combine(input, "slides.mp4"));
        var models = Path.GetDirectoryName(RealClips.Require("models/sig_bak_ovr.onnx"))!;
        var dataset = new WrittenDataset(folder.File("out"));

        (await CurateProcess.RunAsync("run", "--input", input, "--output", dataset.Root, "--policy", "demo")).Ended(0);
        Assert.All(dataset.Rows("rejected", "source_uri"), row => Assert.Equal("slides.mp4", WrittenDataset.NameOf(row["source_uri"])));
        Assert.NotEmpty(dataset.Rows("rejected", "source_uri"));
        var before = dataset.Rows("triplets", "clip_id").Select(row => row["clip_id"]).ToHashSet();
        var second = (await CurateProcess.RunAsync("run", "--input", input, "--output", dataset.Root, "--policy", "demo", "--models", models, "--json")).Ended(0);

        Assert.Equal(0, second.Json.GetProperty("decode_passes").GetInt32());
        Assert.Equal(before, dataset.Rows("triplets", "clip_id").Select(row => row["clip_id"]).ToHashSet());
        var rows = dataset.Rows("triplets", "source_uri, mos, mos_signal, mos_background, speech_ratio, bandwidth_hz").ToDictionary(row => WrittenDataset.NameOf(row["source_uri"]));

        // A clear voice over a little noise: between bad (1) and excellent (5), and no score for a bark.
        Assert.InRange(Assert.IsType<double>(rows["face-talking.mp4"]["mos"]), 2.0, 4.5);
        Assert.InRange(Assert.IsType<double>(rows["face-talking.mp4"]["speech_ratio"]), 0.7, 1);
        Assert.Null(rows["dog-bark.mp4"]["mos"]);
        Assert.Equal(["face", "mos", "vad"], dataset.Manifest.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("slot").GetString()));

        // The third run has nothing to do.
        var third = (await CurateProcess.RunAsync("run", "--input", input, "--output", dataset.Root, "--policy", "demo", "--models", models)).Ended(0);
        Assert.Contains("Nothing to do", third.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_that_is_down_leaves_clips_waiting_and_a_later_run_fills_them_in()
    {
        using var folder = new ScratchFolder();
        var input = Clips(folder, "dog-bark.mp4");
        var models = folder.Folder("models");
        var dataset = new WrittenDataset(folder.File("out"));

        const string Caption = "A small dog barks several times in a quiet place.";
        await using var server = new LoopbackEndpoint(Caption) { IsDown = true };
        await File.WriteAllTextAsync(
            Path.Combine(models, "endpoints.json"),
            JsonSerializer.Serialize(new Dictionary<string, object> { ["caption.omni"] = new { address = server.Address, model = "test-omni", retries = 0 } }),
            TestContext.Current.CancellationToken);

        var first = (await CurateProcess.RunAsync("run", "--input", input, "--output", dataset.Root, "--policy", "demo", "--models", models, "--json")).Ended(0);
        Assert.Equal(1, first.Json.GetProperty("pending").GetInt32());
        Assert.Equal(1, first.Json.GetProperty("retained").GetInt32());

        server.IsDown = false;
        var second = (await CurateProcess.RunAsync("run", "--input", input, "--output", dataset.Root, "--policy", "demo", "--models", models, "--json")).Ended(0);
        Assert.Equal((0, 0), (second.Json.GetProperty("pending").GetInt32(), second.Json.GetProperty("decode_passes").GetInt32()));
        var row = Assert.Single(dataset.Rows("triplets", "audio_caption, caption"));
        Assert.Equal(Caption, row["audio_caption"]);
        Assert.Contains("dog barks", (string)row["caption"]!, StringComparison.Ordinal);
        Assert.Equal(1, server.Answers);
    }

    [Fact]
    public async Task Truncated_model_makes_its_slot_absent_with_the_reason_and_the_run_goes_on()
    {
        using var folder = new ScratchFolder();
        var input = Clips(folder, "face-talking.mp4");
        var models = folder.Folder("models");
        var whole = await File.ReadAllBytesAsync(RealClips.Require("models/sig_bak_ovr.onnx"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(models, "sig_bak_ovr.onnx"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        var dataset = new WrittenDataset(folder.File("out"));

        (await CurateProcess.RunAsync("run", "--input", input, "--output", dataset.Root, "--policy", "demo", "--models", models)).Ended(0);

        var reason = Assert.Single(WrittenDataset.Query($"select m.reason as reason from (select unnest(verdicts) as m from {dataset.From("triplets")}) where m.filter = 'mos'"));
        Assert.Contains("sha256", ((string?)reason["reason"] ?? "").ToLowerInvariant().Replace("sha-256", "sha256", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string Clips(ScratchFolder folder, params string[] names)
    {
        var input = folder.Folder("in");
        foreach (var name in names) File.CreateSymbolicLink(Path.Combine(input, name), RealClips.Require($"clips/{name}"));
        return input;
    }
}
