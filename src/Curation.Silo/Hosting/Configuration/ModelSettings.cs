using Curation.Models.Catalogue;
using Curation.Models.Running;
using Microsoft.Extensions.Configuration;

namespace Curation.Silo.Hosting.Configuration;

/// <summary>Section <c>Curate:Models</c>: on what models run, and in what batches. Which models there are is said by each run.</summary>
/// <remarks>The hop of the speech scores is left out: silos with different ones would write different rows for one source.</remarks>
internal static class ModelSettings
{
    private const string Device = "Device";
    private const string Batch = "Batch";
    private const string SlotDevices = "SlotDevices";
    private const string SlotBatches = "SlotBatches";
    private const long MostThreads = 1024;
    private const long MostWaiting = 1_000_000;
    private const long MostMilliseconds = 60_000;

    /// <summary>Reads the section; what is wrong goes to the faults.</summary>
    public static ModelOptions Read(IConfiguration configuration, ICollection<string> faults)
    {
        var section = configuration.GetSection($"{CurateSettings.Section}:Models");
        var reader = new SettingsReader(section, faults);
        foreach (var part in (string[])[Device, Batch, SlotDevices, SlotBatches])
        {
            if (reader.Text(part) is { } text) reader.Fault(part, $"is '{text}', but it is a section; write {section.Path}:{part}:NAME=VALUE");
        }

        reader.FaultUnknown();
        var device = ReadDevice(section.GetSection(Device), new ModelDevice(), faults);
        var batch = ReadBatch(section.GetSection(Batch), new BatchOptions(), faults);
        var options = new ModelOptions
        {
            Device = device,
            Batch = batch,
            SlotDevices = section.GetSection(SlotDevices).GetChildren().ToDictionary(slot => slot.Key, slot => ReadDevice(slot, device, faults), StringComparer.Ordinal),
            SlotBatches = section.GetSection(SlotBatches).GetChildren().ToDictionary(slot => slot.Key, slot => ReadBatch(slot, batch, faults), StringComparer.Ordinal),
        };
        foreach (var fault in options.Faults(ModelCatalog.LoadEmbedded().Names)) faults.Add($"{section.Path}: {fault}");
        return options;
    }

    // What a slot leaves open is as for all of them.
    private static ModelDevice ReadDevice(IConfigurationSection section, ModelDevice unset, ICollection<string> faults)
    {
        var reader = new SettingsReader(section, faults);
        var device = new ModelDevice(
            reader.OneOf(nameof(ModelDevice.Provider), unset.Provider),
            (int)reader.Whole(nameof(ModelDevice.DeviceId), unset.DeviceId, 0, int.MaxValue),
            (int)reader.Whole(nameof(ModelDevice.Threads), unset.Threads, 0, MostThreads));
        if (device.Provider != unset.Provider && ModelProviders.Fault(device.Provider) is { } missing) reader.Fault(nameof(ModelDevice.Provider), $"is {device.Provider.ToString().ToLowerInvariant()}, but {missing}");
        reader.FaultUnknown();
        return device;
    }

    private static BatchOptions ReadBatch(IConfigurationSection section, BatchOptions unset, ICollection<string> faults)
    {
        var reader = new SettingsReader(section, faults);
        var batch = new BatchOptions
        {
            MaxSize = (int)reader.Whole(nameof(BatchOptions.MaxSize), unset.MaxSize, 1, 4096),
            MaxDelay = TimeSpan.FromMilliseconds(reader.Whole("MaxDelayMilliseconds", (long)unset.MaxDelay.TotalMilliseconds, 0, MostMilliseconds)),
            QueueLength = (int)reader.Whole(nameof(BatchOptions.QueueLength), unset.QueueLength, 1, MostWaiting),
        };
        reader.FaultUnknown();
        return batch;
    }
}
