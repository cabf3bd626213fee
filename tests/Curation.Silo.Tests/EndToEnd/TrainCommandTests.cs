using System.Globalization;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary><c>curate train</c> against a silo in a process of its own, with a script for a trainer and with klear itself.</summary>
public sealed class TrainCommandTests(QuickstartFixture quickstart) : IDisposable
{
    // Small enough for seconds, and whole: encoded clips, two stages, checkpoints.
    private const string TinyPlan = """
        name: tiny
        model: { preset: nano, layers: 1, hidden: 48, heads: 2 }
        encode: { pictures_per_second: 4, sizes: [32x32], seconds: [1] }
        batch: 2
        stages:
          - { name: first, steps: 3, tasks: { t2av: 1 } }
          - { name: last, steps: 2, tasks: { t2av: 1, t2v: 1 } }
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_trainer_goes_on_from_its_checkpoint_and_the_submission_ends_well()
    {
        // The first trainer writes a checkpoint and is killed; the second one finds it and ends.
        var script = Script("""
            echo "$@" >> "$out/started"
            if [ ! -d "$out/checkpoints/step-00000010" ]; then
                mkdir -p "$out/checkpoints/step-00000010"
                echo '{"step":12,"loss/total":0.5}' >> "$out/metrics.jsonl"
                kill -KILL $$
            fi
            echo "step 20/20 · last"
            echo '{"step":20,"loss/total":0.25}' >> "$out/metrics.jsonl"
            exit 0
            """);
        await using var silo = await StartSiloAsync(script);

        var result = (await SubmitAsync(silo, "--json")).Ended(0);

        var started = await File.ReadAllLinesAsync(_folder.File("model", "started"), TestContext.Current.CancellationToken);
        Assert.Equal(2, started.Length);
        Assert.All(started, line => Assert.Equal($"train --config {_folder.File("plan.yaml")} --dataset {_folder.File("dataset")} --output {_folder.File("model")} --resume", line));
        Assert.Equal(
            ("done", 20, 20, 0.25, 10, 2),
            (result.Json.GetProperty("state").GetString(), result.Json.GetProperty("step").GetInt32(), result.Json.GetProperty("steps").GetInt32(), result.Json.GetProperty("loss").GetDouble(),
             result.Json.GetProperty("checkpoint_step").GetInt32(), result.Json.GetProperty("starts").GetInt32()));
        Assert.Equal("done", (await AskAsync(silo, "list", "--json")).Ended(0).Json[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Real_trainer_trains_on_a_silo_what_klear_then_generates_with()
    {
        var klear = Klear();
        var plan = _folder.File("tiny.yaml");
        await File.WriteAllTextAsync(plan, TinyPlan, TestContext.Current.CancellationToken);
        (await quickstart.ResultAsync()).Ended(0);
        await using var silo = await StartSiloAsync(klear);

        var result = (await CurateProcess.RunAsync(
            "train", "submit", "--config", plan, "--dataset", quickstart.Dataset.Root, "--output", _folder.File("model"), "--cluster", silo.Gateway, "--json")).Ended(0);

        Assert.Equal(("done", 5, 5), (result.Json.GetProperty("state").GetString(), result.Json.GetProperty("step").GetInt32(), result.Json.GetProperty("checkpoint_step").GetInt32()));
        await using var generation = CurateProcess.StartCommand(["dotnet", klear, "generate", "--checkpoint", _folder.File("model"), "--task", "t2av", "--prompt", "a flash and a beep", "--steps", "2", "--output", _folder.File("made.mp4")]);
        (await generation.ExitAsync()).Ended(0);
        Assert.Contains("audio", Tool.Run("ffprobe", "-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", _folder.File("made.mp4")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_plan_is_told_in_the_words_of_the_trainer()
    {
        await using var silo = await StartSiloAsync(Script("echo 'klear: plan.yaml:3: no such codec' >&2; exit 2"));

        var result = (await SubmitAsync(silo)).Ended(2);

        Assert.Contains("no such codec", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trainer_dies_with_its_silo_and_the_training_goes_on_with_the_next_one_until_it_is_cancelled()
    {
        var script = Script("""
            echo $$ >> "$out/started"
            trap 'mkdir -p "$out/checkpoints/step-00000007"; exit 130' TERM
            while :; do sleep 0.05; done
            """);
        string id;
        var starts = _folder.File("model", "started");
        await using (var silo = await StartSiloAsync(script))
        {
            id = (await SubmitAsync(silo, "--detach")).Ended(0).Output.Trim();
            Assert.True(await Tool.UntilAsync(() => Lines(starts).Length == 1, Limit), silo.Said);
            Assert.Contains(id, (await SubmitAsync(silo)).Ended(2).Errors, StringComparison.Ordinal);
            silo.Kill();
            await silo.ExitAsync();
            Assert.True(await Tool.UntilAsync(() => Trainers().Count == 0, Limit, 100), "the trainer outlived its silo");
        }

        await using var later = await StartSiloAsync(script);
        Assert.True(await Tool.UntilAsync(() => Lines(starts).Length == 2, Limit), later.Said);
        (await AskAsync(later, "cancel", id)).Ended(0);
        Assert.True(await Tool.UntilAsync(() => Directory.Exists(_folder.File("model", "checkpoints", "step-00000007")), Limit), later.Said);
        Assert.True(await Tool.UntilAsync(() => Trainers().Count == 0, Limit, 100), later.Said);
        (await AskAsync(later, "show", "nobody")).Ended(2);
    }

    [Fact]
    public async Task Cluster_without_the_role_says_so_at_once()
    {
        await using var silo = await StartSiloAsync(Script("exit 0"), "Curate:Silo:Roles=media");

        var result = (await SubmitAsync(silo)).Ended(2);

        Assert.Contains("no silo of the cluster has the role 'trainer'", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing was started", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_silo_does_not_find_is_told_at_once()
    {
        await using var silo = await StartSiloAsync(_folder.File("no-such-trainer"));

        var result = (await CurateProcess.RunAsync(
            "train", "submit", "--config", _folder.File("x.yaml"), "--dataset", _folder.File("y"), "--output", _folder.File("plan.yaml"), "--cluster", silo.Gateway)).Ended(2);

        foreach (var fault in new[] { "no-such-trainer is not there", "x.yaml: is not there", "y: is no folder there", "plan.yaml: is a file", "Nothing was started" }) Assert.Contains(fault, result.Errors, StringComparison.Ordinal);
    }

    private static string Klear()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "src", "Klear.Model", "bin", "Release", "net10.0", "klear.dll");
            if (File.Exists(built)) return built;
        }

        Assert.Skip("klear is not built; ./test builds it");
        return "";
    }

    private string Script(string text)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the trainer is a shell script, and children end with their parents on Linux");
        File.WriteAllText(_folder.File("plan.yaml"), "");
        _folder.Folder("dataset");
        var path = _folder.File("trainer.sh");
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"#!/bin/sh\nout='{_folder.Folder("model")}'\n{text}\n"));
        Tool.Run("chmod", "+x", path);
        return path;
    }

    private Task<SiloProcess> StartSiloAsync(string trainer, params string[] settings)
    {
        File.WriteAllText(_folder.File("plan.yaml"), "");
        return SiloProcess.Start(_folder, null, [$"Curate:Trainer:Command={trainer}", .. settings]).ReadyAsync();
    }

    private Task<CurateResult> SubmitAsync(SiloProcess silo, params string[] more) => AskAsync(
        silo, ["submit", "--config", _folder.File("plan.yaml"), "--dataset", _folder.File("dataset"), "--output", _folder.File("model"), .. more]);

    private static Task<CurateResult> AskAsync(SiloProcess silo, params string[] arguments) => CurateProcess.RunAsync(["train", .. arguments, "--cluster", silo.Gateway]);

    private IReadOnlyList<string> Trainers() => Tool.Running("/bin/sh", _folder.File("trainer.sh"));

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];
}
