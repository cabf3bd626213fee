using System.Security.Cryptography;
using System.Text;
using Curation.Models.Endpoints;
using Microsoft.Extensions.Logging;

namespace Curation.Pipeline.Modelling;

/// <summary>The endpoints that <c>endpoints.json</c> in the models folder configures; none where there is no such file.</summary>
public sealed class EndpointSet : IDisposable
{
    private readonly Dictionary<string, EndpointClient> _clients;

    private EndpointSet(Dictionary<string, EndpointClient> clients, IReadOnlyList<ModelInUse> inUse) => (_clients, InUse) = (clients, inUse);

    /// <summary>The endpoints, for fragment names and the manifest; without their keys.</summary>
    public IReadOnlyList<ModelInUse> InUse { get; }

    /// <summary>Reads the configuration and opens the endpoints; asks nothing yet.</summary>
    /// <param name="modelsFolder">Where <c>endpoints.json</c> may lie.</param>
    /// <param name="answerFolder">Where paid answers are kept.</param>
    /// <param name="time">Clock of waits and limits.</param>
    /// <param name="logs">Where retries and failures are told.</param>
    /// <returns>The endpoints.</returns>
    /// <exception cref="EndpointConfigurationException">The configuration is wrong; all faults at once.</exception>
    public static EndpointSet Load(string modelsFolder, string answerFolder, TimeProvider time, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(logs);

        var configuration = Configuration(modelsFolder);
        var cache = new AnswerCache(answerFolder);
        var clients = configuration.Slots.ToDictionary(
            slot => slot.Key, slot => new EndpointClient(slot.Value, cache, time, logs.CreateLogger<EndpointClient>()), StringComparer.Ordinal);
        return new EndpointSet(clients, Describe(configuration));
    }

    /// <summary>What the configuration of a folder names.</summary>
    /// <param name="modelsFolder">Where <c>endpoints.json</c> may lie.</param>
    /// <returns>One entry for each endpoint.</returns>
    /// <exception cref="EndpointConfigurationException">The configuration is wrong; all faults at once.</exception>
    public static IReadOnlyList<ModelInUse> Describe(string modelsFolder) => Describe(Configuration(modelsFolder));

    /// <summary>The endpoint of a slot.</summary>
    /// <param name="slot">Name of the slot.</param>
    /// <returns>Null where none is configured.</returns>
    public EndpointClient? Find(string slot) => _clients.GetValueOrDefault(slot);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var client in _clients.Values) client.Dispose();
    }

    private static EndpointConfiguration Configuration(string modelsFolder)
    {
        var file = Path.Combine(modelsFolder, EndpointConfiguration.FileName);
        return File.Exists(file) ? EndpointConfiguration.Load(file) : EndpointConfiguration.Empty;
    }

    private static List<ModelInUse> Describe(EndpointConfiguration configuration) =>
    [
        .. configuration.Slots.OrderBy(slot => slot.Key, StringComparer.Ordinal).Select(slot => new ModelInUse(
            slot.Key, slot.Value.Model, "endpoint", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{slot.Value.Address}\n{slot.Value.Model}"))))),
    ];
}
