using System.Globalization;
using Curation.Media;
using Curation.Media.Analysis;
using Curation.Media.Cutting;
using Curation.Media.Probing;
using Curation.Pipeline.Budgets;

namespace Curation.Pipeline.Verifying;

/// <summary>Decodes a clip to its end and measures on the file what its row promises: both streams, the same first instant, the same length.</summary>
/// <param name="probe">Reads what the file says of itself.</param>
/// <param name="skew">Measures the container's skew as the cutter does.</param>
/// <param name="analysis">Decodes.</param>
/// <param name="memory">What decoders may take.</param>
internal sealed class ClipMeasureCheck(MediaProbe probe, ContainerSkewProbe skew, AnalysisStream analysis, MemoryBudget memory)
{
    // The same file and the same method: only the printing of microseconds may differ between versions of ffprobe. Far below a policy's 1 ms.
    internal static readonly TimeSpan SkewTolerance = TimeSpan.FromMilliseconds(0.1);

    // The smallest pictures there are: they are decoded whole in any case, and not looked at.
    private static readonly AnalysisOptions Options = new() { LongSide = 32 };

    private static readonly DecodedAway Nowhere = new();

    /// <summary>Checks one clip.</summary>
    /// <param name="file">Its media, a file of this machine.</param>
    /// <param name="row">What its row says.</param>
    /// <param name="cancellationToken">Ends the decoder.</param>
    /// <returns>What is wrong, each in words that follow the file's name; none where all is well.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(string file, SampledClip row, CancellationToken cancellationToken)
    {
        SourceInfo info;
        try
        {
            info = await probe.ProbeAsync(file, cancellationToken);
        }
        catch (MediaException fault)
        {
            return [$"cannot be opened: {fault.Reason}"];
        }

        var problems = new List<string>();
        if ((info.Video.Width, info.Video.Height) != (row.Width, row.Height)) problems.Add($"is {info.Video.Width} x {info.Video.Height} pixels, its row says {row.Width} x {row.Height}");
        await CompareSkewAsync(file, row, problems, cancellationToken);
        await DecodeAsync(info, row, problems, cancellationToken);
        return problems;
    }

    private async Task CompareSkewAsync(string file, SampledClip row, List<string> problems, CancellationToken cancellationToken)
    {
        if (row.SkewSeconds is not { } said)
        {
            problems.Add($"has no {ClipSample.Skew} in its row, which every retained clip has");
            return;
        }

        try
        {
            var measured = (await skew.MeasureAsync(file, cancellationToken)).Worst;
            if (Differs(measured, TimeSpan.FromSeconds(said), SkewTolerance)) problems.Add(Text($"has {ClipSample.Skew} {measured.TotalSeconds:0.######}, its row says {said:0.######}"));
        }
        catch (MediaException fault)
        {
            problems.Add($"has no {ClipSample.Skew} that could be measured: {fault.Reason}");
        }
    }

    private async Task DecodeAsync(SourceInfo info, SampledClip row, List<string> problems, CancellationToken cancellationToken)
    {
        AnalysisSummary decoded;
        try
        {
            using var held = await memory.HoldAsync(MediaMemory.OfDecoder(info.Video, 0), cancellationToken);
            decoded = await analysis.RunAsync(info, Nowhere, Options, cancellationToken);
        }
        catch (MediaException fault)
        {
            problems.Add($"does not decode: {fault.Reason}");
            return;
        }

        if (decoded.EndedEarly is { } early) problems.Add($"does not decode to its end: {early}");
        if (decoded.DecodeErrors > 0) problems.Add(Text($"decodes with {decoded.DecodeErrors} errors, the first: {decoded.FirstDecodeError}"));

        // The cutter rounds to whole pictures, and the sound is as long as the span: neither is a picture off.
        if (row.FramesPerSecond > 0)
        {
            var picture = TimeSpan.FromSeconds(1 / row.FramesPerSecond);
            Compare("picture", picture * decoded.Pictures);
            Compare("sound", decoded.SoundEnd - decoded.FirstSound - decoded.FilledSilence);

            void Compare(string what, TimeSpan length)
            {
                if (Differs(length, row.Duration, picture)) problems.Add(Text($"has {length.TotalSeconds:0.###} s of {what}, its row says {row.Duration.TotalSeconds:0.###} s"));
            }
        }
        else
        {
            problems.Add(Text($"has {row.FramesPerSecond} pictures a second in its row"));
        }

        // As a decoder delivers them: what a container says of itself is one thing, what comes out of it another.
        var start = (decoded.FirstSound - decoded.FirstPicture).Duration();
        if (start > TimeSpan.FromSeconds(row.SkewSeconds ?? 0) + SkewTolerance) problems.Add(Text($"gives its first sound {start.TotalSeconds:0.######} s apart from its first picture, its row says {row.SkewSeconds ?? 0:0.######}"));
    }

    private static bool Differs(TimeSpan measured, TimeSpan said, TimeSpan tolerance) => (measured - said).Duration() > tolerance;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
