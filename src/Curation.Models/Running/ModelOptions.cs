namespace Curation.Models.Running;

/// <summary>Where models lie and how they run; checked when the program starts.</summary>
public sealed record ModelOptions
{
    /// <summary>Folder with the weights; null where no models are used.</summary>
    public string? Folder { get; init; }

    /// <summary>The device of every slot that has none of its own.</summary>
    public ModelDevice Device { get; init; } = new();

    /// <summary>Devices by slot.</summary>
    public IReadOnlyDictionary<string, ModelDevice> SlotDevices { get; init; } = new Dictionary<string, ModelDevice>();

    /// <summary>Batching of every slot that has none of its own.</summary>
    public BatchOptions Batch { get; init; } = new();

    /// <summary>Batching by slot.</summary>
    public IReadOnlyDictionary<string, BatchOptions> SlotBatches { get; init; } = new Dictionary<string, BatchOptions>();

    /// <summary>From DNSMOS window to window; the published scores use 1 s.</summary>
    public TimeSpan MosHop { get; init; } = Quality.DnsMosWindows.PublishedHop;

    /// <summary>The device of a slot.</summary>
    /// <param name="slot">Name of the slot.</param>
    /// <returns>Its own, or the common one.</returns>
    public ModelDevice DeviceOf(string slot) => SlotDevices.GetValueOrDefault(slot) ?? Device;

    /// <summary>The batching of a slot.</summary>
    /// <param name="slot">Name of the slot.</param>
    /// <returns>Its own, or the common one.</returns>
    public BatchOptions BatchOf(string slot) => SlotBatches.GetValueOrDefault(slot) ?? Batch;

    /// <summary>Everything that is wrong with these values.</summary>
    /// <param name="slots">Names of the slots there are.</param>
    /// <returns>Faults in words; empty where all is well.</returns>
    public IReadOnlyList<string> Faults(IReadOnlyCollection<string> slots)
    {
        ArgumentNullException.ThrowIfNull(slots);

        var faults = new List<string>();
        if (Folder is not null && !Directory.Exists(Folder)) faults.Add($"The models folder {Folder} does not exist.");
        if (MosHop <= TimeSpan.Zero) faults.Add($"MosHop {MosHop}: must be longer than nothing.");
        faults.AddRange(Batch.Faults("Batch"));
        faults.AddRange(SlotBatches.SelectMany(entry => entry.Value.Faults($"SlotBatches[{entry.Key}]")));
        foreach (var (name, device) in SlotDevices.Select(entry => ($"SlotDevices[{entry.Key}]", entry.Value)).Prepend(("Device", Device)))
        {
            if (!Enum.IsDefined(device.Provider)) faults.Add($"{name}.Provider {device.Provider}: there is no such provider.");
            if (device.DeviceId < 0) faults.Add($"{name}.DeviceId {device.DeviceId}: must not be negative.");
            if (device.Threads < 0) faults.Add($"{name}.Threads {device.Threads}: must not be negative.");
        }

        faults.AddRange(SlotDevices.Keys.Concat(SlotBatches.Keys).Distinct().Where(slot => !slots.Contains(slot)).Select(slot => $"There is no model slot '{slot}'; there are {string.Join(", ", slots)}."));
        return faults;
    }
}
