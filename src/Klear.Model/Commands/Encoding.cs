using Curation.Media;
using Curation.Media.Probing;
using Curation.Media.Reading;
using Klear.Model.Data;
using Klear.Model.Setup;
using Klear.Model.Training.Plans;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Klear.Model.Commands;

/// <summary>Does <c>klear encode</c>, and the encoding of <c>klear train</c>.</summary>
internal static class Encoding
{
    public static async Task<int> RunAsync(string dataset, string output, string? config, CancellationToken cancellationToken)
    {
        var plan = config is null ? new EncodePlan() : PlanFile.Load(config, ModelShape.Settings).Encode;
        using var codecs = CodecSet.Open(plan);
        await EncodeAsync(dataset, output, plan, codecs, cancellationToken);
        return ExitCodes.Done;
    }

    /// <summary>Encodes what is not encoded yet, and says how far it is.</summary>
    public static async Task EncodeAsync(string dataset, string output, EncodePlan plan, CodecSet codecs, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddCurationMedia().BuildServiceProvider();
        var encoder = new LatentEncoder(codecs.Video, codecs.Audio, codecs.Text, services.GetRequiredService<MediaProbe>(), services.GetRequiredService<ClipReader>(), codecs.SpeechBytes);
        var progress = new LineProgress<EncodeProgress>(told => $"encoding: {told.Done} of {told.Total} clips");
        var report = await encoder.EncodeAsync(dataset, output, plan.Clips, progress, cancellationToken);
        progress.Finish();
        AnsiConsole.Console.WriteLine($"Encoded {report.Encoded} clips into {output}; {report.Kept} were there before, {report.LeftOut.Count} left out.");
        foreach (var clip in report.LeftOut.Take(10)) AnsiConsole.Console.WriteLine($"  left out: {clip}");
    }
}
