using System.Globalization;
using Curation.Pipeline.Verifying;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Commands;

/// <summary>Runs one check of a data set from its options to its exit code.</summary>
internal sealed class VerifyRun(TextWriter output, TextWriter errors, TimeProvider time)
{
    private const string All = "all";

    public Task<int> ExecuteAsync(VerifyArguments arguments, CancellationToken cancellationToken)
    {
        int? most = null;
        var faults = new List<string>();
        if (arguments.Sample != All)
        {
            if (int.TryParse(arguments.Sample, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) most = number;
            else faults.Add($"--sample {arguments.Sample}: must be a number of clips from 0, or '{All}'.");
        }

        var options = new VerifyOptions { Sample = most, Seed = arguments.Seed };
        return DatasetSession.RunAsync(arguments.Dataset, faults, errors, source => VerifyAsync(source, options, arguments.Json, cancellationToken), cancellationToken);
    }

    private async Task<int> VerifyAsync(DatasetSession source, VerifyOptions options, bool json, CancellationToken cancellationToken)
    {
        var verifier = ActivatorUtilities.CreateInstance<DatasetVerifier>(source.Services);
        using var progress = new ExportProgress(Console.IsErrorRedirected ? TextWriter.Null : errors, source.Manifest.Funnel.Retained, time);
        var report = await verifier.VerifyAsync(source.Store, source.Manifest, options, progress, cancellationToken);
        progress.Dispose();
        await new VerifySummary(output).WriteAsync(source.Store.Address, options, report, json);
        return report.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
