using System.Globalization;
using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Clips.Measuring;
using Curation.Dataset.Fragments;
using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Tests;

/// <summary>Made-up sources whose every number is known.</summary>
internal static class SampleOutcomes
{
    public const string PolicySha256 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public static SnapshotContext Context { get; } = new(
        "1",
        new ManifestPolicy("klear", PolicySha256),
        [new ManifestModel("mos", "dnsmos", "sig_bak_ovr", "bb"), new ManifestModel("asr", "whisper-large-v3", "1", null)]);

    /// <summary>A source with a clip of every fate: <paramref name="retained"/> retained ones over the four splits in turn, one held, one rejected.</summary>
    public static SourceOutcome Source(int number, int retained = 4, string? contentOf = null, int words = 3)
    {
        var uri = string.Create(CultureInfo.InvariantCulture, $"file:///media/source%20{number:0000}.mp4");
        var sha256 = Sha256(contentOf ?? uri);
        var clips = new List<ClipRecord>();
        for (var index = 0; index < retained + 2; index++)
        {
            var outcome = index < retained ? ClipOutcome.Retained : index == retained ? ClipOutcome.Held : ClipOutcome.Rejected;
            clips.Add(Clip(uri, sha256, index, outcome, words));
        }

        return new SourceOutcome
        {
            SourceUri = uri,
            SourceSha256 = sha256,
            FragmentName = Name(sha256),
            MediaSeconds = 360,
            AnalysisSeconds = 1.5,
            DecodePasses = 1,
            Clips = clips,
        };
    }

    public static SourceOutcome Quarantined(int number)
    {
        var uri = string.Create(CultureInfo.InvariantCulture, $"file:///media/broken%20{number:0000}.mp4");
        return new SourceOutcome
        {
            SourceUri = uri,
            SourceSha256 = Sha256(uri),
            FragmentName = Name(Sha256(uri)),
            Quarantine = new QuarantineRecord(uri, Sha256(uri), 17, "probe", "moov atom not found"),
        };
    }

    public static string Name(string sha256) =>
        FragmentName.From(sha256, "1", [], TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20), PolicySha256, []);

    public static string Sha256(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Clip <paramref name="index"/> lasts 9 s and starts at 10 s times its index, one tick late, so that times prove exact.</summary>
    public static ClipRecord Clip(string uri, string sha256, int index, ClipOutcome outcome, int words)
    {
        var start = TimeSpan.FromSeconds(10 * index) + TimeSpan.FromTicks(1);
        var span = new ClipSpan(start, start + TimeSpan.FromSeconds(9));
        var id = ClipId.From(sha256, span, "1");
        Split? split = outcome == ClipOutcome.Rejected ? null : (Split)(index % 4);
        return new ClipRecord
        {
            Id = id,
            SourceUri = uri,
            SourceSha256 = sha256,
            Span = span,
            Width = 1280,
            Height = 720,
            FramesPerSecond = 30000.0 / 1001,
            Split = split,
            MediaPath = outcome == ClipOutcome.Retained ? $"clips/{id.Value[..2]}/{id}.mp4" : null,
            MediaSha256 = outcome == ClipOutcome.Retained ? Sha256(id.Value) : null,
            Caption = index % 2 == 0 ? $"A dog barks \"twice\", 日本語, clip {index}" : null,
            Transcript = words > 0 ? "" : null,
            Speakers = words > 0 ? [new Speaker("S1", "female", 0.8, null, 0, 4.5), new Speaker("S2", null, null, 42, 4.5, 9)] : [],
            Words = [.. Enumerable.Range(0, words).Select(word => new Word($"w{word}", word * 0.1, (word * 0.1) + 0.05, word % 2 == 0 ? "S1" : null))],
            Annotations = index % 3 == 0 ? [] : [new Annotation("video_caption", "a dog", "signal", "1", null)],
            Measurements =
            [
                Measurement.Measured("short_side_px", 720, "ffprobe", "1"),
                Measurement.Measured("snr_db", 0.1 + 0.2, "wada-snr", "1"),
                Measurement.Measured("silence_ratio", index / 100.0, "signal-silence", "2"),
                Measurement.Unmeasured("aesthetic", "no model in slot aesthetic"),
                Measurement.NotApplicable("mos", "nobody speaks"),
            ],
            Verdicts =
            [
                new Verdict("short_side_px", VerdictOutcome.Pass, 720, ">= 480", null),
                new Verdict("aesthetic", outcome == ClipOutcome.Held ? VerdictOutcome.Hold : VerdictOutcome.Unmeasured, null, ">= 4.5", "no model in slot aesthetic"),
                new Verdict("snr_db", outcome == ClipOutcome.Rejected ? VerdictOutcome.Reject : VerdictOutcome.Pass, 0.1 + 0.2, ">= 15", null),
                new Verdict("mos", VerdictOutcome.NotApplicable, null, ">= 3", "nobody speaks"),
            ],
            Outcome = outcome,
            RejectedBy = outcome == ClipOutcome.Rejected ? "snr_db" : null,
            Reason = outcome == ClipOutcome.Retained ? null : "because",
            PolicySha256 = PolicySha256,
            PipelineVersion = "1",
            Licence = index % 2 == 0 ? "CC-BY-4.0" : null,
        };
    }

    /// <summary>Everything of a clip as text: records with lists compare by reference, texts by value. Doubles print exactly.</summary>
    public static string Print(ClipRecord clip) => string.Join(
        '\n',
        (clip with { Speakers = [], Words = [], Annotations = [], Measurements = [], Verdicts = [] }).ToString(),
        string.Join('|', clip.Speakers),
        string.Join('|', clip.Words),
        string.Join('|', clip.Annotations),
        string.Join('|', clip.Measurements),
        string.Join('|', clip.Verdicts));
}
