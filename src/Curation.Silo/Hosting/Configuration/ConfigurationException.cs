namespace Curation.Silo.Hosting.Configuration;

/// <summary>The configuration is wrong. Nothing was started.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    /// <summary>Every fault, each with its key and what would be right.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
