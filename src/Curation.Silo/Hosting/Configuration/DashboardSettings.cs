using Curation.Dashboard.Security;
using Microsoft.Extensions.Configuration;

namespace Curation.Silo.Hosting.Configuration;

/// <summary>Section <c>Curate:Dashboard</c>: whether a silo serves the dashboard, and to whom.</summary>
internal sealed record DashboardSettings
{
    private const string Section = CurateSettings.Section + ":Dashboard";
    private const string Provider = "OpenIdConnect";
    private const string KeyFile = "ApiKeyFile";
    private const string SecretFile = "ClientSecretFile";

    /// <summary>Whether there is one.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>File of the API key; null for none.</summary>
    public string? ApiKeyFile { get; init; }

    /// <summary>What people type where a proxy stands in front; null where none does.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The provider of identities; null for none.</summary>
    public Uri? Authority { get; init; }

    /// <summary>What the dashboard is called there.</summary>
    public string? ClientId { get; init; }

    /// <summary>File of its secret there; null for a public client.</summary>
    public string? ClientSecretFile { get; init; }

    // From the environment or a secret file; never printed.
    private string? ApiKeyText { get; init; }

    /// <summary>Reads the section; what is wrong goes to the faults. Files are read by <see cref="ReadAccess"/> only.</summary>
    public static DashboardSettings Read(IConfiguration configuration, ICollection<string> faults)
    {
        var reader = new SettingsReader(configuration.GetSection(Section), faults);
        var provider = new SettingsReader(configuration.GetSection($"{Section}:{Provider}"), faults);
        var unset = new DashboardSettings();
        var settings = new DashboardSettings
        {
            Enabled = ReadSwitch(reader, "Enabled", unset.Enabled),
            ApiKeyFile = reader.Text(KeyFile),
            ApiKeyText = reader.Text("ApiKey"),
            PublicUrl = reader.OptionalUrl("PublicUrl"),
            Authority = provider.OptionalUrl("Authority"),
            ClientId = provider.Text("ClientId"),
            ClientSecretFile = provider.Text(SecretFile),
        };
        if (reader.Text(Provider) is not null) reader.Fault(Provider, $"is a section; write {Section}:{Provider}:Authority=URL");
        if (settings is { ApiKeyFile: not null, ApiKeyText: not null }) reader.Fault(KeyFile, "and ApiKey are both given; give one of them");
        if (settings.Authority is null != settings.ClientId is null) provider.Fault(settings.Authority is null ? "Authority" : "ClientId", "is missing; a provider needs Authority and ClientId");
        if (settings.Authority is { Scheme: "http", IsLoopback: false }) provider.Fault("Authority", $"is '{settings.Authority}'; give an https address");
        reader.FaultUnknown();
        provider.FaultUnknown();
        return settings;
    }

    /// <summary>Who may use a dashboard that listens at an address.</summary>
    /// <param name="url">Where it listens.</param>
    /// <param name="urlKey">How that is given.</param>
    /// <param name="keyFile">A key's file that is given otherwise and wins; null for none.</param>
    /// <param name="keyOption">How it is given.</param>
    /// <returns>Null where there is to be no dashboard.</returns>
    /// <exception cref="ConfigurationException">Nobody could be told from anybody, or a file cannot be read.</exception>
    public DashboardAccess? ReadAccess(Uri url, string urlKey, string? keyFile = null, string keyOption = $"{Section}:{KeyFile}")
    {
        if (!Enabled && keyFile is null) return null;

        var faults = new List<string>();
        string? wrong = null;
        var file = keyFile ?? ApiKeyFile;
        var key = file is not null ? ApiKey.FromFile(file, out wrong) : ApiKeyText is not null ? ApiKey.From(ApiKeyText, out wrong) : null;
        if (wrong is not null) faults.Add(file is null ? $"{Section}:ApiKey: {wrong}." : $"{(keyFile is null ? $"{Section}:{KeyFile}" : keyOption)}: {file} {wrong}.");
        var access = new DashboardAccess
        {
            Url = url,
            PublicUrl = PublicUrl,
            ApiKey = key,
            OpenIdConnect = Authority is null ? null : new OpenIdConnectAccess(Authority, ClientId!, ReadSecret(faults)),
        };
        if (wrong is null && access.Fault($"{keyOption}, or {Section}:{Provider}:Authority and ClientId, or set {Section}:Enabled=false") is { } fault) faults.Add($"{urlKey}: {fault}.");
        return faults.Count == 0 ? access : throw new ConfigurationException(faults);
    }

    private string? ReadSecret(List<string> faults)
    {
        if (ClientSecretFile is null) return null;

        try
        {
            return File.ReadAllText(ClientSecretFile).Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add($"{Section}:{Provider}:{SecretFile}: {ClientSecretFile} cannot be read: {unreadable.Message}");
            return null;
        }
    }

    private static bool ReadSwitch(SettingsReader reader, string key, bool unset)
    {
        if (reader.Text(key) is not { } text) return unset;
        if (bool.TryParse(text, out var value)) return value;

        reader.Fault(key, $"is '{text}'; give true or false");
        return unset;
    }
}
