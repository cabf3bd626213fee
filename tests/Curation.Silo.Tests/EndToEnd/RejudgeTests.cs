namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Deciding again over the data set of <c>curate quickstart</c>: what is measured there stays, what is wanted changes.</summary>
public sealed class RejudgeTests(QuickstartFixture quickstart) : IDisposable
{
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task Silent_clip_is_cut_once_a_policy_wants_it_and_goes_again_with_its_media()
    {
        var dataset = await CopyAsync();
        var policy = Policy("silent", "silence_ratio: { min: 0.5 }", "short_side_px: { min: 100 }");
        var silent = dataset.Rows("rejected").Single(row => (string)row["rejected_by"]! == "silence_ratio");

        var rejudged = (await CurateProcess.RunAsync("rejudge", "--dataset", dataset.Root, "--policy", policy, "--json")).Ended(0).Json;
        var story = (await CurateProcess.RunAsync("explain", "--dataset", dataset.Root, (string)silent["clip_id"]!, "--json")).Ended(0).Json;

        Assert.Equal((1, 1), (rejudged.GetProperty("cut").GetInt32(), rejudged.GetProperty("retained").GetInt32()));
        var clip = dataset.Rows("triplets").Single();
        Assert.Equal(silent["clip_id"], clip["clip_id"]);
        Assert.Equal(clip["media_sha256"], WrittenDataset.Sha256(dataset.FullPath((string)clip["media_path"]!)));
        Assert.Equal("retained", story.GetProperty("outcome").GetString());
        Assert.Contains(story.GetProperty("measurements").EnumerateArray(), line => line.GetProperty("name").GetString() == "container_skew_s" && line.GetProperty("state").GetString() == "measured");

        (await CurateProcess.RunAsync("gc", "--dataset", dataset.Root)).Ended(0);

        dataset.AssertNothingLeftOver();
        Assert.Empty(Directory.EnumerateFiles(dataset.FullPath("_state"), "*.old", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Unusable_policy_or_data_set_ends_with_2_and_changes_nothing()
    {
        var dataset = await CopyAsync();
        var before = dataset.Manifest.GetProperty("id").GetString();

        var unknown = (await CurateProcess.RunAsync("rejudge", "--dataset", dataset.Root, "--policy", Policy("typo", "silence_ration: { max: 0.5 }"))).Ended(2);
        var unmeasured = (await CurateProcess.RunAsync("rejudge", "--dataset", dataset.Root, "--policy", Policy("mos", "mos: { min: 3, unmeasured: hold }"))).Ended(2);
        var nowhere = (await CurateProcess.RunAsync("stats", "--dataset", _folder.Folder("empty"))).Ended(2);
        var noClip = (await CurateProcess.RunAsync("explain", "--dataset", dataset.Root, "zzz")).Ended(2);

        Assert.Contains("did you mean 'silence_ratio'?", unknown.Errors, StringComparison.Ordinal);
        Assert.Contains("mos (slot mos)", unmeasured.Errors, StringComparison.Ordinal);
        Assert.Contains("is not a data set", nowhere.Errors, StringComparison.Ordinal);
        Assert.Contains("has no clip 'zzz'", noClip.Errors, StringComparison.Ordinal);
        Assert.Equal(before, dataset.Manifest.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Stats_add_up_to_the_manifest()
    {
        var dataset = await CopyAsync();

        var stats = (await CurateProcess.RunAsync("stats", "--dataset", dataset.Root, "--json")).Ended(0).Json;

        var silence = stats.GetProperty("measurements").EnumerateArray().Single(line => line.GetProperty("name").GetString() == "silence_ratio");
        Assert.Equal(stats.GetProperty("funnel").GetProperty("clips").GetInt64(), silence.GetProperty("measured").GetInt64());
        Assert.Equal(silence.GetProperty("measured").GetInt64(), silence.GetProperty("histogram").EnumerateArray().Sum(bin => bin.GetInt64()));
        Assert.Equal(dataset.Manifest.GetProperty("id").GetString(), stats.GetProperty("snapshot").GetString());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<WrittenDataset> CopyAsync()
    {
        (await quickstart.ResultAsync()).Ended(0);
        var copy = _folder.File("data set");
        foreach (var file in Directory.EnumerateFiles(quickstart.Dataset.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(quickstart.Dataset.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return new WrittenDataset(copy);
    }

    private string Policy(string name, params string[] limits)
    {
        var path = _folder.File($"{name}.yaml");
        File.WriteAllText(path, $"name: {name}\nclip: {{ min_seconds: 1.0, max_seconds: 20.0 }}\nunmeasured: pass\nlimits:\n{string.Concat(limits.Select(limit => $"  {limit}\n"))}");
        return path;
    }
}
