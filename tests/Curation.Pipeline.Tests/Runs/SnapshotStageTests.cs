using System.Diagnostics;
using Curation.Dataset;
using Curation.Dataset.Snapshots;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Storage;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Runs;

public sealed class SnapshotStageTests
{
    private static readonly string Host = string.Concat(Environment.MachineName.Where(char.IsAsciiLetterOrDigit));

    // A commit once deleted every half-written clip of the folder, those that another silo was cutting too.
    [Fact]
    public async Task Cuts_that_others_are_writing_stay_and_abandoned_ones_go()
    {
        using var folder = new TemporaryFolder();
        var clips = Directory.CreateDirectory(Path.Combine(folder.Path, "clips", "ab")).FullName;
        using var other = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        try
        {
            string[] stay = [$".tmp-{Host}-{other.Id}-0123456789ab-1.part", ".tmp-elsewhere-1-0123456789ab-1.part", ".nobody-knows.part", "whole.mp4"];

            // 2^22 is the largest process number that Linux gives.
            string[] go = [$".tmp-{Host}-4194305-0123456789ab-1.part", ".tmp-elsewhere-1-0123456789ab-2.part", ".nobody-knows-old.part"];
            foreach (var name in stay.Concat(go)) await File.WriteAllTextAsync(Path.Combine(clips, name), "half", TestContext.Current.CancellationToken);
            foreach (var name in go[1..]) File.SetLastWriteTimeUtc(Path.Combine(clips, name), File.GetLastWriteTimeUtc(clips) - TimeSpan.FromHours(25));

            await CommitAsync(folder.Path);

            Assert.Equal(stay.Order(StringComparer.Ordinal), Directory.GetFiles(clips).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        }
        finally
        {
            other.Kill();
        }
    }

    private static async Task CommitAsync(string output)
    {
        var stores = new DatasetStores(new DatasetOpener([new MemoryStore()], TimeProvider.System, new SnapshotOptions()));
        var plan = new RunPlan("run", output, output, PolicyFile.Load("klear"));
        await new SnapshotStage(stores, new SnapshotOptions(), TimeProvider.System).CommitAsync(plan, new RunFacts(new RunCounts(), 1), TestContext.Current.CancellationToken);
    }
}
