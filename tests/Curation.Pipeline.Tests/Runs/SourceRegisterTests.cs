using Curation.Clips;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;
using Curation.Tests.Sources;

namespace Curation.Pipeline.Tests.Runs;

public sealed class SourceRegisterTests : IDisposable
{
    private readonly RegisterFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RunPlan Plan => _folder.Plan;

    private SourceRegister Register => _folder.Register;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LookUp_of_a_new_source_digests_it_and_finds_nothing()
    {
        var start = await Register.LookUpAsync(Plan, _folder.Write("a.mp4", "abc"), Stop);

        // FIPS 180-4: SHA-256 of "abc".
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", start.Sha256);
        Assert.Null(start.Finished);
        Assert.False(Directory.Exists(Plan.Output));
    }

    [Fact]
    public async Task LookUp_of_a_done_source_is_finished_without_reading_it()
    {
        var item = _folder.Write("a.mp4", "abc");
        await CompleteAsync(Plan, item);
        File.Delete(item.LocalPath!);

        var start = await Register.LookUpAsync(Plan, item, Stop);

        Assert.True(start.Finished is { AlreadyDone: true, Clips: 1, DecodePasses: 0, AnalysisSeconds: 0 }, $"{start.Finished}");
        Assert.Equal([KeyValuePair.Create("motion_ratio", 1)], start.Finished!.ByFilter);
        Assert.Equal(7, start.Finished.MediaSeconds);
    }

    [Fact]
    public async Task LookUp_of_a_touched_source_reads_it_and_stamps_it_anew()
    {
        var item = _folder.Write("a.mp4", "abc");
        await CompleteAsync(Plan, item);
        var touched = item with { ModifiedUtc = RegisterFolder.Written.AddHours(1) };

        Assert.NotNull((await Register.LookUpAsync(Plan, touched, Stop)).Finished);

        File.Delete(item.LocalPath!);
        Assert.NotNull((await Register.LookUpAsync(Plan, touched, Stop)).Finished);
    }

    [Fact]
    public async Task LookUp_of_other_content_under_the_same_name_has_work_to_do()
    {
        await CompleteAsync(Plan, _folder.Write("a.mp4", "abc"));

        var start = await Register.LookUpAsync(Plan, _folder.Write("a.mp4", "abcd"), Stop);

        Assert.Null(start.Finished);
    }

    [Fact]
    public async Task LookUp_of_the_same_content_under_another_name_is_finished()
    {
        await CompleteAsync(Plan, _folder.Write("a.mp4", "abc"));
        var copy = _folder.Write("b.mp4", "abc");

        var start = await Register.LookUpAsync(Plan, copy, Stop);

        // Its rows stand once, under the first name.
        Assert.True(start.Finished is { AlreadyDone: true, Clips: 0 });
        var stamp = await _folder.Fragments.FindStampAsync(copy.Uri, Stop);
        Assert.Equal(copy.Uri, (await _folder.Fragments.ReadForAsync(stamp!, Stop)).Clips[0].SourceUri);
    }

    [Fact]
    public async Task LookUp_under_another_policy_has_work_to_do()
    {
        var item = _folder.Write("a.mp4", "abc");
        await CompleteAsync(Plan, item);
        var stricter = Plan with { Policy = Plan.Policy with { Sha256 = new string('b', 64) } };

        Assert.Null((await Register.LookUpAsync(stricter, item, Stop)).Finished);
    }

    [Fact]
    public async Task LookUp_under_another_licence_has_work_to_do()
    {
        var item = _folder.Write("a.mp4", "abc");
        await CompleteAsync(Plan, item);

        Assert.Null((await Register.LookUpAsync(Plan, item with { Licence = "CC-BY-4.0" }, Stop)).Finished);
    }

    [Fact]
    public async Task LookUp_after_a_death_between_fragment_and_stamp_is_finished()
    {
        var item = _folder.Write("a.mp4", "abc");
        await CompleteAsync(Plan, item);
        Directory.Delete(Path.Combine(Plan.Output, "_state", "sources"), recursive: true);

        Assert.NotNull((await Register.LookUpAsync(Plan, item, Stop)).Finished);
    }

    [Fact]
    public async Task Quarantine_for_the_file_is_remembered_until_the_file_changes()
    {
        var item = _folder.Write("a.mp4", "abc");
        var failure = new SourceFailure("probe", "not media", Retry: false);

        var summary = await Register.QuarantineAsync(Plan, item, failure, Stop);
        var again = await Register.LookUpAsync(Plan, item, Stop);
        var changed = await Register.LookUpAsync(Plan, _folder.Write("a.mp4", "abcd"), Stop);

        Assert.Equal(failure, summary.Failure);
        Assert.Equal(failure, again.Finished?.Failure);
        Assert.True(again.Finished!.AlreadyDone);
        Assert.Null(changed.Finished);
    }

    [Fact]
    public async Task Quarantine_for_the_machine_is_tried_again()
    {
        var item = _folder.Write("a.mp4", "abc");

        await Register.QuarantineAsync(Plan, item, new SourceFailure("write", "no space is left on the device", Retry: true), Stop);

        Assert.Null((await Register.LookUpAsync(Plan, item, Stop)).Finished);
    }

    [Fact]
    public async Task Quarantine_of_a_file_that_is_gone_is_written_down()
    {
        var item = _folder.Write("a.mp4", "abc");
        File.Delete(item.LocalPath!);

        var summary = await Register.QuarantineAsync(Plan, item, new SourceFailure("open", "no such file", Retry: true), Stop);

        Assert.Equal("open", summary.Failure?.Stage);
        var stamp = await _folder.Fragments.FindStampAsync(item.Uri, Stop);
        Assert.Equal("no such file", (await _folder.Fragments.ReadForAsync(stamp!, Stop)).Quarantine?.Reason);
    }

    [Fact]
    public async Task Source_that_was_quarantined_and_then_done_is_done()
    {
        var item = _folder.Write("a.mp4", "abc");
        await Register.QuarantineAsync(Plan, item, new SourceFailure("analyse", "hung", Retry: false), Stop);

        var summary = await CompleteAsync(Plan, item);

        Assert.Equal((1, null), (summary.Clips, summary.Failure));
        Assert.Null((await Register.LookUpAsync(Plan, item, Stop)).Finished?.Failure);
    }

    private async Task<SourceSummary> CompleteAsync(RunPlan plan, SourceItem item)
    {
        var start = await Register.LookUpAsync(plan, item, Stop);
        var clip = RegisterFolder.Clip(plan, start, ClipOutcome.Rejected) with { RejectedBy = "motion_ratio", Reason = "nothing moves" };
        var info = TinySource.Info(item.LocalPath!, item.SizeBytes!.Value, TimeSpan.FromSeconds(7));
        var source = new AnalysedSource(item, start.Sha256, start.FragmentName, info, [], 0.25, 1);
        var summary = await Register.CompleteAsync(plan, source, [clip], Stop);
        Assert.Equal((1, 0.25, false), (summary.DecodePasses, summary.AnalysisSeconds, summary.AlreadyDone));
        return summary;
    }
}
