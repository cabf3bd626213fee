using Curation.Dataset.Storage.Blobs;
using Curation.Models.Running;
using Curation.Pipeline.Training;
using Microsoft.Extensions.Configuration;

namespace Curation.Silo.Hosting.Configuration;

/// <summary>Everything a silo or a client reads from section <c>Curate</c>, checked.</summary>
/// <param name="Cluster">Which cluster.</param>
/// <param name="Silo">This silo; a client ignores it but for the port of a local gateway.</param>
/// <param name="Telemetry">Where metrics and traces go.</param>
internal sealed record CurateSettings(ClusterSettings Cluster, SiloSettings Silo, TelemetrySettings Telemetry)
{
    /// <summary>How blobs are reached: section <c>Curate:Blob</c>.</summary>
    public BlobOptions Blob { get; private init; } = new();

    /// <summary>On what models run, and in what batches: section <c>Curate:Models</c>.</summary>
    public ModelOptions Models { get; private init; } = new();

    /// <summary>Which trainer is started: section <c>Curate:Trainer</c>.</summary>
    public TrainerOptions Trainer { get; private init; } = new();

    /// <summary>The page that a silo serves: section <c>Curate:Dashboard</c>.</summary>
    public DashboardSettings Dashboard { get; private init; } = new();

    /// <summary>The section's name.</summary>
    public const string Section = "Curate";

    private static readonly string[] Sections = ["Cluster", "Silo", "Dashboard", "Blob", "Models", "Telemetry", "Trainer"];

    /// <summary>Reads the section as a command without settings of its own finds it: beside the program, in secret files, in the environment.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; it holds every fault.</exception>
    public static CurateSettings ReadHere() => Read(CurateConfiguration.Build([], null));

    /// <summary>As <see cref="ReadHere"/>, for commands that look at models and at nothing else.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; it holds every fault.</exception>
    public static ModelOptions ReadModelsHere()
    {
        var faults = new List<string>();
        var models = ModelSettings.Read(CurateConfiguration.Build([], null), faults);
        return faults.Count == 0 ? models : throw new ConfigurationException(faults);
    }

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; it holds every fault.</exception>
    public static CurateSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var cluster = Reader("Cluster");
        var silo = Reader("Silo");
        var telemetry = Reader("Telemetry");
        var settings = new CurateSettings(ClusterSettings.Read(cluster), SiloSettings.Read(silo), TelemetrySettings.Read(telemetry));
        var blob = ReadBlob(configuration, faults);
        var models = ModelSettings.Read(configuration, faults);
        var trainerReader = Reader("Trainer");
        var trainer = new TrainerOptions { Command = trainerReader.Text("Command") is { } command ? Path.GetFullPath(command) : null };
        var dashboard = DashboardSettings.Read(configuration, faults);
        foreach (var reader in new[] { cluster, silo, telemetry, trainerReader }) reader.FaultUnknown();
        faults.AddRange(configuration.GetSection(Section).GetChildren()
            .Where(section => !Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            .Select(section => $"{section.Path}: there is no such section; there are {string.Join(", ", Sections)}."));
        foreach (var (key, address) in new[] { ("AdvertisedAddress", settings.Silo.AdvertisedAddress), ("ListenAddress", settings.Silo.ListenAddress) }.DistinctBy(entry => entry.Item2))
        {
            if (settings.Cluster.Kind == ClusterKind.Local && !System.Net.IPAddress.IsLoopback(address)) silo.Fault(key, $"is {address}, but Curate:Cluster:Kind local is one silo on loopback; use kind redis or postgres");
        }

        return faults.Count == 0 ? settings with { Blob = blob, Models = models, Trainer = trainer, Dashboard = dashboard } : throw new ConfigurationException(faults);

        SettingsReader Reader(string name) => new(configuration.GetSection($"{Section}:{name}"), faults);
    }

    private static BlobOptions ReadBlob(IConfiguration configuration, List<string> faults)
    {
        try
        {
            var blob = configuration.GetSection($"{Section}:Blob").Get<BlobOptions>(options => options.ErrorOnUnknownConfiguration = true) ?? new BlobOptions();
            faults.AddRange(blob.FindProblems());
            return blob;
        }
        catch (InvalidOperationException wrong)
        {
            // It names the key and the type; text, where the secrets are, never fails to be read.
            faults.Add($"{Section}:Blob: {wrong.Message}");
            return new BlobOptions();
        }
    }
}
