using Curation.Clips;
using Curation.Dataset.Exporting;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;

namespace Curation.Silo.Commands;

/// <summary>Runs one export from its checks to its exit code.</summary>
internal sealed class ExportRun(TextWriter output, TextWriter errors, TimeProvider time)
{
    private const long BytesPerMegabyte = 1_000_000;

    public Task<int> ExecuteAsync(ExportArguments arguments, CancellationToken cancellationToken) =>
        DatasetSession.RunAsync(arguments.Dataset, Faults(arguments), errors, source => ExportAsync(source, arguments, cancellationToken), cancellationToken);

    private static List<string> Faults(ExportArguments arguments)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(arguments.Output)) faults.Add("--output: is empty; give a folder.");
        else if (SourceAddress.IsAddress(arguments.Output) && SourceUri.ToPath(arguments.Output) is null) faults.Add($"--output {SourceAddress.WithoutSecrets(arguments.Output)}: exports are written to folders of this machine.");
        if (arguments.ShardMegabytes < 1) faults.Add($"--shard-size {arguments.ShardMegabytes}: must be at least 1.");
        faults.AddRange(arguments.Splits.Where(split => SplitNames.Find(split) is null).Select(split => $"--split {split}: there is no such split; there are {string.Join(", ", SplitNames.All)}."));
        return faults;
    }

    private async Task<int> ExportAsync(DatasetSession source, ExportArguments arguments, CancellationToken cancellationToken)
    {
        // Links are followed, so that the folder that is renamed is the one that was looked at.
        var folder = RealPath.Resolve(SourceUri.ToPath(arguments.Output) ?? arguments.Output);
        if (DatasetStores.AsFolder(source.Store) is { } dataset && RealPath.IsInside(folder, RealPath.Resolve(dataset.Address)))
        {
            throw new ExportPlaceException($"{arguments.Output}: lies inside the data set, which is for the data set's own files; choose a folder outside.");
        }

        var request = new ExportRequest(arguments.Format, folder)
        {
            Splits = arguments.Splits.Count == 0 ? SplitNames.All : arguments.Splits,
            ShardBytes = arguments.ShardMegabytes * BytesPerMegabyte,
        };
        var total = source.Manifest.Shards.Where(shard => shard.Split is { } split && request.Splits.Contains(split)).Sum(shard => shard.Rows);
        using var progress = new ExportProgress(Console.IsErrorRedirected ? TextWriter.Null : errors, total, time);
        var result = await new DatasetExporter(source.Store).ExportAsync(source.Manifest, request, progress, cancellationToken);
        progress.Dispose();
        await new ExportSummary(output, errors).WriteAsync(source, request, result, arguments.Json);
        return result.Clips == 0 ? ExitCodes.NothingRetained : ExitCodes.Done;
    }
}
