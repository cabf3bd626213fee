using System.CommandLine;
using Curation.Media;
using Curation.Media.Processes;
using Curation.Media.Samples;

namespace Curation.Silo.Commands;

/// <summary><c>curate quickstart</c>: makes sample videos and curates them.</summary>
internal static class QuickstartCommand
{
    private const string DefaultFolder = "quickstart";
    private const string Policy = "demo";

    public static Command Create()
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for the sample videos and their data set.",
            HelpName = "DIR",
            DefaultValueFactory = _ => DefaultFolder,
        };
        var command = new Command("quickstart", """
            Makes sample videos (good ones, and one for each common fault), curates them with the demo policy and shows the funnel. Downloads nothing.

            Example:  curate quickstart
            """)
        {
            output,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(output), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var videos = Path.Combine(folder, "videos");
        try
        {
            Console.WriteLine($"Making sample videos in {videos} ...");
            var samples = await new SampleWriter(new FfmpegTools(), TimeProvider.System).WriteAsync(videos, cancellationToken);
            var widest = samples.Max(sample => sample.FileName.Length);
            foreach (var sample in samples)
            {
                Console.WriteLine($"  {sample.FileName.PadRight(widest)}  {sample.LeftOutBecause ?? $"{sample.WhatItIs}; expected: {sample.ExpectedOutcome}"}");
            }
        }
        catch (MediaException failure)
        {
            await Console.Error.WriteLineAsync($"curate: {failure.Reason}");
            await Console.Error.WriteLineAsync("Nothing was curated.");
            return failure.Stage == MediaStage.Open ? ExitCodes.Wrong : ExitCodes.Failed;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"curate: --output {folder}: {failure.Message} Nothing was curated.");
            return ExitCodes.Wrong;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("curate: cancelled; nothing was curated.");
            return ExitCodes.Cancelled;
        }

        Console.WriteLine();
        var arguments = new RunArguments(videos, Path.Combine(folder, "dataset"), Policy, null, null, Environment.ProcessorCount, false);
        var code = await new CurationRun(Console.Out, Console.Error, TimeProvider.System).ExecuteAsync(arguments, cancellationToken);

        // The corrupt sample belongs in quarantine: that is the demonstration, not a fault.
        return code == ExitCodes.SomeQuarantined ? ExitCodes.Done : code;
    }
}
