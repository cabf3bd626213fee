using System.Security.Cryptography;
using System.Text;
using Curation.Models.Endpoints;

namespace Curation.Pipeline.Modelling;

/// <summary>The endpoints that <c>endpoints.json</c> in a models folder configures; none where there is no such file.</summary>
internal static class EndpointsInUse
{
    /// <summary>Reads the configuration.</summary>
    /// <exception cref="EndpointConfigurationException">It is wrong; all faults at once.</exception>
    public static EndpointConfiguration Read(string modelsFolder)
    {
        var file = Path.Combine(modelsFolder, EndpointConfiguration.FileName);
        return File.Exists(file) ? EndpointConfiguration.Load(file) : EndpointConfiguration.Empty;
    }

    /// <summary>The endpoints for fragment names and the manifest, without their keys.</summary>
    public static IEnumerable<ModelInUse> Describe(EndpointConfiguration configuration) =>
        configuration.Slots.OrderBy(slot => slot.Key, StringComparer.Ordinal).Select(slot => new ModelInUse(
            slot.Key, slot.Value.Model, "endpoint", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{slot.Value.Address}\n{slot.Value.Model}\n{slot.Value.Temperature}\n{EndpointSlots.PromptOf(slot.Key).Version}")))));
}
