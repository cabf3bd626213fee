using System.Text.Json;
using Curation.Tests;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary><c>curate models</c> as a user runs it.</summary>
public sealed class ModelsCommandTests
{
    [Fact]
    public async Task List_shows_what_is_present_and_how_to_get_the_rest()
    {
        var models = Path.GetDirectoryName(RealClips.Require("models/README.md"))!;

        var result = (await CurateProcess.RunAsync("models", "list", "--models", models, "--json")).Ended(0);

        using var json = JsonDocument.Parse(result.Output);
        var slots = json.RootElement.GetProperty("slots").EnumerateArray().ToDictionary(slot => slot.GetProperty("slot").GetString()!, slot => slot);
        Assert.Equal("present", slots["mos"].GetProperty("state").GetString());
        Assert.Equal("absent", slots["tagger"].GetProperty("state").GetString());
        Assert.Contains("curate models pull tagger", slots["tagger"].GetProperty("reason").GetString()!, StringComparison.Ordinal);
        Assert.True(slots["semantic"].GetProperty("non_commercial").GetBoolean());
    }

    [Fact]
    public async Task Check_runs_what_is_present()
    {
        var models = Path.GetDirectoryName(RealClips.Require("models/README.md"))!;

        Assert.Contains("Identity:0 [1, 3]", (await CurateProcess.RunAsync("models", "check", "--models", models)).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_of_a_damaged_model_says_so_and_ends_with_1()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder.File("scene"));
        await File.WriteAllTextAsync(folder.File(Path.Combine("scene", "transnetv2.onnx")), "no graph", TestContext.Current.CancellationToken);

        Assert.Contains("transnetv2.onnx", (await CurateProcess.RunAsync("models", "check", "--models", folder.Path)).Ended(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_slot_is_told_with_those_there_are()
    {
        Assert.Contains("sensevoice", (await CurateProcess.RunAsync("models", "pull", "moss")).Ended(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_writes_a_graph_that_check_runs()
    {
        var checkpoint = RealClips.Require("parity/synchformer-forward/synchformer.pt");
        using var folder = new ScratchFolder();

        (await CurateProcess.RunAsync("models", "import", "sync", "--checkpoint", checkpoint, "--output", folder.File("sync"))).Ended(0);

        Assert.Contains("logits [1, 21]", (await CurateProcess.RunAsync("models", "check", "sync", "--models", folder.Path)).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_tells_all_faults_at_once()
    {
        var result = (await CurateProcess.RunAsync("models", "import", "nothing", "--checkpoint", "nowhere.pt", "--output", "x")).Ended(2);

        Assert.All(["'nothing'", "nowhere.pt", "Nothing was started"], fault => Assert.Contains(fault, result.Errors, StringComparison.Ordinal));
    }
}
