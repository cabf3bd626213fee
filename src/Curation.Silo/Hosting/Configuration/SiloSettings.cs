using System.Net;
using Curation.Grains.Placement;
using Curation.Pipeline.Budgets;

namespace Curation.Silo.Hosting.Configuration;

/// <summary>Section <c>Curate:Silo</c>: this silo's address, roles and budgets.</summary>
internal sealed record SiloSettings
{
    private const int HighestPort = 65_535;
    private const int MostSources = 4096;
    private const long Gibibyte = 1L << 30;

    /// <summary>What this silo does; every role by default.</summary>
    public IReadOnlyList<string> Roles { get; init; } = SiloRoles.All;

    /// <summary>Port for other silos.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>Port for clients, such as <c>curate run --cluster</c>.</summary>
    public int GatewayPort { get; init; } = 30_000;

    /// <summary>Where the other silos and clients find this one: loopback unless configured.</summary>
    public IPAddress AdvertisedAddress { get; init; } = IPAddress.Loopback;

    /// <summary>The only address that is listened on: the advertised one, unless something in between leads from there to another one.</summary>
    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Health and metrics: loopback unless configured.</summary>
    public Uri HttpUrl { get; init; } = new("http://127.0.0.1:8080");

    /// <summary>Sources at once on this silo.</summary>
    public int Sources { get; init; } = Environment.ProcessorCount;

    /// <summary>The most that decoders and encoders are expected to take together, in bytes.</summary>
    public long MemoryBytes { get; init; } = new MemoryOptions().Bytes;

    /// <summary>Folder for what lives only while a source is in work.</summary>
    public string ScratchFolder { get; init; } = Path.Combine(Path.GetTempPath(), "curate");

    /// <summary>The most that may lie there, in bytes.</summary>
    public long ScratchBytes { get; init; } = 64 * Gibibyte;

    /// <summary>Folder of state and reminders; read for kind local only.</summary>
    public string StateFolder { get; init; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "curate");

    /// <summary>How long sources in flight may go on after SIGTERM before they are handed over.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Reads the section; what is wrong goes to the reader's faults.</summary>
    public static SiloSettings Read(SettingsReader reader)
    {
        var unset = new SiloSettings();
        var advertised = reader.Address("AdvertisedAddress", unset.AdvertisedAddress);
        var settings = new SiloSettings
        {
            Roles = reader.Several("Roles", unset.Roles, SiloRoles.All),
            SiloPort = (int)reader.Whole("SiloPort", unset.SiloPort, 1, HighestPort),
            GatewayPort = (int)reader.Whole("GatewayPort", unset.GatewayPort, 1, HighestPort),
            AdvertisedAddress = advertised,
            ListenAddress = reader.Address("ListenAddress", advertised, mayBeAny: true),
            HttpUrl = reader.HttpUrl("HttpUrl", unset.HttpUrl),
            Sources = (int)reader.Whole("Sources", unset.Sources, 1, MostSources),
            MemoryBytes = reader.Whole("MemoryBytes", unset.MemoryBytes, Gibibyte / 4, long.MaxValue),
            ScratchFolder = reader.Folder("ScratchFolder", unset.ScratchFolder),
            ScratchBytes = reader.Whole("ScratchBytes", unset.ScratchBytes, Gibibyte / 4, long.MaxValue),
            StateFolder = reader.Folder("StateFolder", unset.StateFolder),
            Drain = TimeSpan.FromSeconds(reader.Whole("DrainSeconds", (long)unset.Drain.TotalSeconds, 0, 86_400)),
        };
        if (settings.SiloPort == settings.GatewayPort) reader.Fault("GatewayPort", $"is {settings.GatewayPort}, which is SiloPort too; give each its own");
        return settings;
    }
}
