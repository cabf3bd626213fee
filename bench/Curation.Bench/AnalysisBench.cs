using System.Diagnostics;
using Curation.Clips.Streaming;
using Curation.Media.Analysis;
using Curation.Media.Probing;
using Curation.Media.Processes;
using Curation.Pipeline;
using Curation.Pipeline.Analysis;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Bench;

/// <summary>The analysis pass (decode, cuts, all signal measurements) against ffmpeg's bare decode of the same file.</summary>
internal static class AnalysisBench
{
    private const int Rounds = 7;
    private static readonly TimeSpan ClipMax = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] files)
    {
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddCurationPipeline().BuildServiceProvider();
        var ffmpeg = (await services.GetRequiredService<FfmpegTools>().LocateAsync(CancellationToken.None)).Ffmpeg;
        foreach (var file in files)
        {
            var info = await services.GetRequiredService<MediaProbe>().ProbeAsync(Path.GetFullPath(file), CancellationToken.None);
            var analyser = services.GetRequiredService<SourceAnalyser>();
            await DecodeAsync(ffmpeg, file);
            await AnalyseAsync(analyser, info);

            var (decode, read, analysis, ratios) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                decode.Add(await DecodeAsync(ffmpeg, file));
                read.Add(await ReadAsync(services.GetRequiredService<AnalysisStream>(), info));
                analysis.Add(await AnalyseAsync(analyser, info));
                ratios.Add(analysis[^1] / decode[^1]);
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{Path.GetFileName(file)}: {info.Video.Width}x{info.Video.Height}, {info.Duration?.TotalSeconds:0} s: decode {Median(decode):0.00} s, read only {Median(read):0.00} s, analysis {Median(analysis):0.00} s, ratio {Median(ratios):0.00} (rounds {string.Join(", ", ratios.Select(ratio => FormattableString.Invariant($"{ratio:0.00}")))})"));
        }

        Console.WriteLine($"Peak memory of this process: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        return 0;
    }

    private static async Task<double> AnalyseAsync(SourceAnalyser analyser, SourceInfo info)
    {
        var started = Stopwatch.GetTimestamp();
        await analyser.AnalyseAsync(info, ClipMax, 0, null, new Progress<double>(), (_, _) => Task.CompletedTask, CancellationToken.None);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>The same decode into the same pictures and sound, with nobody looking at them: what is left is ours.</summary>
    private static async Task<double> ReadAsync(AnalysisStream stream, SourceInfo info)
    {
        var started = Stopwatch.GetTimestamp();
        await stream.RunAsync(info, new Nobody(), new AnalysisOptions(), CancellationToken.None);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double> DecodeAsync(string ffmpeg, string file)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(ffmpeg, ["-v", "error", "-nostdin", "-i", file, "-f", "null", "-"]))!;
        await process.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class Nobody : IAnalysisSink
    {
        public void OnPicture(in PictureView picture)
        {
        }

        public void OnSound(in SoundView sound)
        {
        }
    }
}
