using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Catalogue;

/// <summary>Loads the models that are there, compares them with the catalogue and runs each on a known input.</summary>
/// <param name="options">Devices.</param>
/// <param name="time">The clock.</param>
public sealed class ModelChecker(ModelOptions options, TimeProvider time)
{
    /// <summary>Checks one slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="folder">Where its files lie.</param>
    /// <param name="cancellationToken">Stops between runs.</param>
    /// <returns>One entry for each file, or one for a slot that is absent.</returns>
    public async Task<IReadOnlyList<ModelCheck>> CheckAsync(CatalogSlot slot, ModelFolder folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slot);
        ArgumentNullException.ThrowIfNull(folder);

        var status = await folder.StatusAsync(slot, cancellationToken);
        return status.Condition switch
        {
            SlotCondition.Endpoint => [Noted(slot, status.Reason)],
            SlotCondition.Absent when status.Files.All(file => file.Path is null) => [Noted(slot, $"absent: {status.Reason}")],
            SlotCondition.Absent or SlotCondition.WrongHash => [Faulty(slot, null, status.Reason!)],
            _ => [.. status.Files.Where(file => file.Path is not null).Select(file => Check(slot, file, cancellationToken))],
        };
    }

    private ModelCheck Check(CatalogSlot slot, FileState file, CancellationToken cancellationToken)
    {
        if (!file.File.IsGraph) return new ModelCheck(slot.Slot, file.File.Name, null, [], [], file.File.Note is { } note ? $"is there; {note}" : "is there");

        try
        {
            using var graph = OnnxGraph.Open(file.Path!, options.DeviceOf(slot.Slot));
            if (file.File.Inputs.Count == 0) return new ModelCheck(slot.Slot, file.File.Name, null, [], [], $"loads; takes {string.Join(", ", graph.Inputs.Keys)}");

            var faults = GraphContract.Faults(graph, file.File.Inputs, file.File.Outputs);
            if (faults.Count > 0) return new ModelCheck(slot.Slot, file.File.Name, null, [], faults, null);

            var run = KnownInput.Run(graph, file.File.Inputs, time, cancellationToken);
            return new ModelCheck(slot.Slot, file.File.Name, run.Milliseconds, run.Outputs, [.. run.NotFinite.Select(name => $"its output '{name}' has values that are no numbers")], null);
        }
        catch (Exception failure) when (failure is ModelUnavailableException or OnnxRuntimeException or NotSupportedException)
        {
            return Faulty(slot, file.File.Name, failure.Message);
        }
    }

    private static ModelCheck Noted(CatalogSlot slot, string? note) => new(slot.Slot, null, null, [], [], note);

    private static ModelCheck Faulty(CatalogSlot slot, string? file, string fault) => new(slot.Slot, file, null, [], [fault], null);
}
