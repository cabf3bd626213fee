using Curation.Clips;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Runs;

/// <summary>A late answer is two writes: the fragment, then the stamp. Here a run died between them, or failed before the first.</summary>
public sealed class SourceRegisterLateAnswerTests : IDisposable
{
    private const string Late = "What the endpoint said later.";

    private readonly RegisterFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RunPlan Plan => _folder.Plan;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Source_that_waits_has_work_to_do()
    {
        var item = _folder.Write("a.mp4", "abc");
        await SaveWaitingAsync(item);

        Assert.Null((await _folder.Register.LookUpAsync(Plan, item, Stop)).Finished);
    }

    [Fact]
    public async Task Answer_whose_stamp_was_not_written_is_finished_and_the_stamp_is_mended()
    {
        var item = _folder.Write("a.mp4", "abc");
        var waiting = await SaveWaitingAsync(item);
        var summary = await _folder.Fragments.WriteAsync(Answered(waiting), Stop);

        // Size and time of change settle it: the source is not read.
        File.Delete(item.LocalPath!);
        var start = await _folder.Register.LookUpAsync(Plan, item, Stop);

        Assert.Equal((true, 1, 0, 1), (start.Finished!.AlreadyDone, start.Finished.Clips, start.Finished.Pending, start.Finished.Held));
        var stamp = await _folder.Fragments.FindStampAsync(item.Uri, Stop);
        Assert.Equal((0, summary.RowsSha256), (stamp!.Summary.Pending, stamp.Summary.RowsSha256));
        Assert.Equal((item.SizeBytes, item.ModifiedUtc?.UtcTicks), (stamp.SizeBytes, stamp.ModifiedTicks));
        Assert.Equal(Late, (await _folder.Fragments.ReadForAsync(stamp, Stop)).Clips[0].Caption);
    }

    [Fact]
    public async Task Asking_again_that_fails_keeps_the_rows_that_wait()
    {
        var item = _folder.Write("a.mp4", "abc");
        await SaveWaitingAsync(item);
        var before = await _folder.Fragments.FindStampAsync(item.Uri, Stop);

        foreach (var retry in new[] { true, false })
        {
            var failure = new SourceFailure("write", "no space is left on the device", retry);
            var summary = await _folder.Register.QuarantineAsync(Plan, item, failure, Stop);
            Assert.Equal((failure, 1, 1), (summary.Failure, summary.Clips, summary.Pending));
        }

        var after = await _folder.Fragments.FindStampAsync(item.Uri, Stop);
        Assert.Equal((before!.FragmentName, before.Summary.RowsSha256), (after!.FragmentName, after.Summary.RowsSha256));
        Assert.Null((await _folder.Fragments.ReadForAsync(after, Stop)).Quarantine);
        Assert.Null((await _folder.Register.LookUpAsync(Plan, item, Stop)).Finished);
    }

    [Fact]
    public async Task Asking_again_that_fails_after_the_answer_was_written_keeps_the_answer()
    {
        var item = _folder.Write("a.mp4", "abc");
        await _folder.Fragments.WriteAsync(Answered(await SaveWaitingAsync(item)), Stop);

        await _folder.Register.QuarantineAsync(Plan, item, new SourceFailure("write", "no space is left on the device", Retry: true), Stop);

        var start = await _folder.Register.LookUpAsync(Plan, item, Stop);
        Assert.Equal((0, null), (start.Finished!.Pending, start.Finished.Failure));
        Assert.Equal(Late, (await _folder.Fragments.ReadAsync(start.FragmentName, Stop))!.Clips[0].Caption);
    }

    [Fact]
    public async Task Rows_of_a_source_that_changed_do_not_stay_in_its_place()
    {
        var item = _folder.Write("a.mp4", "abc");
        await SaveWaitingAsync(item);
        File.WriteAllText(item.LocalPath!, "other");
        var changed = item with { SizeBytes = 5 };

        var summary = await _folder.Register.QuarantineAsync(Plan, changed, new SourceFailure("probe", "not media", Retry: false), Stop);

        Assert.Equal(0, summary.Clips);
        Assert.Equal("not media", (await _folder.Fragments.ReadForAsync((await _folder.Fragments.FindStampAsync(item.Uri, Stop))!, Stop)).Quarantine?.Reason);
    }

    private async Task<SourceOutcome> SaveWaitingAsync(SourceItem item)
    {
        var start = await _folder.Register.LookUpAsync(Plan, item, Stop);
        var outcome = new SourceOutcome
        {
            SourceUri = item.Uri,
            SourceSha256 = start.Sha256,
            FragmentName = start.FragmentName,
            MediaSeconds = 7,
            Clips = [RegisterFolder.Clip(Plan, start, ClipOutcome.Held) with { Reason = "mos: absent", Pending = "caption.omni: no answer" }],
        };
        await _folder.Fragments.SaveAsync(outcome, item.SizeBytes, item.ModifiedUtc?.UtcTicks, Stop);
        return outcome;
    }

    private static SourceOutcome Answered(SourceOutcome outcome) => outcome with { Clips = [outcome.Clips[0] with { Pending = null, Caption = Late }] };
}
