using Curation.Models.Checkpoints;
using Curation.Models.Graphs;
using Curation.Models.Importing;

namespace Curation.Silo.Commands;

/// <summary><c>curate models import</c>.</summary>
internal static class ModelsImport
{
    public static async Task<int> RunAsync(string slot, string checkpoint, string output, bool half, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var importer = ModelImporters.All.FirstOrDefault(known => known.Slot == slot);
        if (importer is null) faults.Add($"nothing is imported for the slot '{slot}'; known: {string.Join(", ", ModelImporters.All.Select(known => known.Slot))}.");
        if (!File.Exists(checkpoint)) faults.Add($"--checkpoint {checkpoint}: there is no such file.");
        if (string.IsNullOrWhiteSpace(output)) faults.Add("--output: is empty; give a folder or a path that ends in .onnx.");
        if (importer is { Files.Count: > 1 } && output.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add($"--output {output}: this model has several graphs ({string.Join(", ", importer.Files)}); give a folder.");
        }

        if (faults.Count > 0 || importer is null)
        {
            foreach (var fault in faults) await Console.Error.WriteLineAsync($"curate: {fault}");
            await Console.Error.WriteLineAsync("Nothing was started.");
            return ExitCodes.Wrong;
        }

        try
        {
            await Console.Error.WriteLineAsync($"Reading {checkpoint} as {importer.Model}; nothing in it is executed ...");
            using var tensors = CheckpointFile.Open(checkpoint);
            var written = importer.Import(tensors, output, new ImportOptions(half ? GraphPrecision.Half : GraphPrecision.Full), cancellationToken);
            foreach (var path in written) Console.WriteLine(path);
            return ExitCodes.Done;
        }
        catch (Exception failure) when (failure is CheckpointException or CheckpointMismatchException)
        {
            await Console.Error.WriteLineAsync($"curate: {failure.Message}");
            await Console.Error.WriteLineAsync("Nothing was imported.");
            return ExitCodes.Failed;
        }
    }
}
