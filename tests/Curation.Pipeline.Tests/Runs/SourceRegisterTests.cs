using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Dataset.Fragments;
using Curation.Dataset.Storage;
using Curation.Media.Probing;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Tests.Support;

namespace Curation.Pipeline.Tests.Runs;

public sealed class SourceRegisterTests : IDisposable
{
    private static readonly DateTimeOffset Written = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("curation-register-").FullName;
    private readonly SiloParts _silo = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RunPlan Plan => new("run-1", _folder, Path.Combine(_folder, "out"), new Policy("demo") { Sha256 = new string('a', 64) });

    private SourceRegister Register => _silo.Register;

    public void Dispose()
    {
        _silo.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task LookUp_of_a_new_source_digests_it_and_finds_nothing()
    {
        var start = await Register.LookUpAsync(Plan, Write("a.mp4", "abc"), Stop);

        // FIPS 180-4: SHA-256 of "abc".
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", start.Sha256);
        Assert.Null(start.Finished);
        Assert.False(Directory.Exists(Plan.Output));
    }

    [Fact]
    public async Task LookUp_of_a_done_source_is_finished_without_reading_it()
    {
        var item = Write("a.mp4", "abc");
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
        var item = Write("a.mp4", "abc");
        await CompleteAsync(Plan, item);
        var touched = item with { ModifiedUtc = Written.AddHours(1) };

        Assert.NotNull((await Register.LookUpAsync(Plan, touched, Stop)).Finished);

        File.Delete(item.LocalPath!);
        Assert.NotNull((await Register.LookUpAsync(Plan, touched, Stop)).Finished);
    }

    [Fact]
    public async Task LookUp_of_other_content_under_the_same_name_has_work_to_do()
    {
        await CompleteAsync(Plan, Write("a.mp4", "abc"));

        var start = await Register.LookUpAsync(Plan, Write("a.mp4", "abcd"), Stop);

        Assert.Null(start.Finished);
    }

    [Fact]
    public async Task LookUp_of_the_same_content_under_another_name_is_finished()
    {
        await CompleteAsync(Plan, Write("a.mp4", "abc"));
        var copy = Write("b.mp4", "abc");

        var start = await Register.LookUpAsync(Plan, copy, Stop);

        // Its rows stand once, under the first name.
        Assert.True(start.Finished is { AlreadyDone: true, Clips: 0 });
        var stamp = await Fragments().FindStampAsync(copy.Uri, Stop);
        Assert.Equal(copy.Uri, (await Fragments().ReadForAsync(stamp!, Stop)).Clips[0].SourceUri);
    }

    [Fact]
    public async Task LookUp_under_another_policy_has_work_to_do()
    {
        var item = Write("a.mp4", "abc");
        await CompleteAsync(Plan, item);
        var stricter = Plan with { Policy = Plan.Policy with { Sha256 = new string('b', 64) } };

        Assert.Null((await Register.LookUpAsync(stricter, item, Stop)).Finished);
    }

    [Fact]
    public async Task LookUp_under_another_licence_has_work_to_do()
    {
        var item = Write("a.mp4", "abc");
        await CompleteAsync(Plan, item);

        Assert.Null((await Register.LookUpAsync(Plan, item with { Licence = "CC-BY-4.0" }, Stop)).Finished);
    }

    [Fact]
    public async Task LookUp_after_a_death_between_fragment_and_stamp_is_finished()
    {
        var item = Write("a.mp4", "abc");
        await CompleteAsync(Plan, item);
        Directory.Delete(Path.Combine(Plan.Output, "_state", "sources"), recursive: true);

        Assert.NotNull((await Register.LookUpAsync(Plan, item, Stop)).Finished);
    }

    [Fact]
    public async Task Quarantine_for_the_file_is_remembered_until_the_file_changes()
    {
        var item = Write("a.mp4", "abc");
        var failure = new SourceFailure("probe", "not media", Retry: false);

        var summary = await Register.QuarantineAsync(Plan, item, failure, Stop);
        var again = await Register.LookUpAsync(Plan, item, Stop);
        var changed = await Register.LookUpAsync(Plan, Write("a.mp4", "abcd"), Stop);

        Assert.Equal(failure, summary.Failure);
        Assert.Equal(failure, again.Finished?.Failure);
        Assert.True(again.Finished!.AlreadyDone);
        Assert.Null(changed.Finished);
    }

    [Fact]
    public async Task Quarantine_for_the_machine_is_tried_again()
    {
        var item = Write("a.mp4", "abc");

        await Register.QuarantineAsync(Plan, item, new SourceFailure("write", "no space is left on the device", Retry: true), Stop);

        Assert.Null((await Register.LookUpAsync(Plan, item, Stop)).Finished);
    }

    [Fact]
    public async Task Quarantine_of_a_file_that_is_gone_is_written_down()
    {
        var item = Write("a.mp4", "abc");
        File.Delete(item.LocalPath!);

        var summary = await Register.QuarantineAsync(Plan, item, new SourceFailure("open", "no such file", Retry: true), Stop);

        Assert.Equal("open", summary.Failure?.Stage);
        var stamp = await Fragments().FindStampAsync(item.Uri, Stop);
        Assert.Equal("no such file", (await Fragments().ReadForAsync(stamp!, Stop)).Quarantine?.Reason);
    }

    [Fact]
    public async Task Source_that_was_quarantined_and_then_done_is_done()
    {
        var item = Write("a.mp4", "abc");
        await Register.QuarantineAsync(Plan, item, new SourceFailure("analyse", "hung", Retry: false), Stop);

        var summary = await CompleteAsync(Plan, item);

        Assert.Equal((1, null), (summary.Clips, summary.Failure));
        Assert.Null((await Register.LookUpAsync(Plan, item, Stop)).Finished?.Failure);
    }

    private SourceItem Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return new SourceItem { Uri = SourceUri.FromPath(path), SizeBytes = content.Length, ModifiedUtc = Written };
    }

    private FragmentStore Fragments() => new(new LocalDatasetStore(Plan.Output));

    private async Task<SourceSummary> CompleteAsync(RunPlan plan, SourceItem item)
    {
        var start = await Register.LookUpAsync(plan, item, Stop);
        var span = new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(7));
        var clip = new ClipRecord
        {
            Id = ClipId.From(start.Sha256, span, PipelineVersion.Current),
            SourceUri = item.Uri,
            SourceSha256 = start.Sha256,
            Span = span,
            Width = 320,
            Height = 240,
            FramesPerSecond = 25,
            Outcome = ClipOutcome.Rejected,
            RejectedBy = "motion_ratio",
            Reason = "nothing moves",
            PolicySha256 = plan.Policy.Sha256,
            PipelineVersion = PipelineVersion.Current,
        };
        var source = new AnalysedSource(item, start.Sha256, start.FragmentName, Info(item), [], 0.25, 1);
        var summary = await Register.CompleteAsync(plan, source, [clip], Stop);
        Assert.Equal((1, 0.25, false), (summary.DecodePasses, summary.AnalysisSeconds, summary.AlreadyDone));
        return summary;
    }

    private static SourceInfo Info(SourceItem item) => new()
    {
        Path = item.LocalPath!,
        SizeBytes = item.SizeBytes!.Value,
        Container = "mp4",
        Duration = TimeSpan.FromSeconds(7),
        StartTime = TimeSpan.Zero,
        VideoStreams = 1,
        AudioStreams = 1,
        Video = new VideoTrack
        {
            Index = 0,
            Codec = "h264",
            CodedWidth = 320,
            CodedHeight = 240,
            Width = 320,
            Height = 240,
            RotationDegrees = 0,
            SampleAspectRatio = new Rational(1, 1),
            PixelFormat = "yuv420p",
            Interlaced = false,
        },
        Audio = new AudioTrack { Index = 1, Codec = "aac", SampleRate = 48000, Channels = 2 },
    };
}
