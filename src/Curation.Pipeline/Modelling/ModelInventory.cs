using Curation.Models.Catalogue;
using Curation.Models.Endpoints;
using Curation.Models.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Curation.Pipeline.Modelling;

/// <summary>What a models folder holds, before a run starts.</summary>
public static class ModelInventory
{
    /// <summary>Looks into a models folder; every file is hashed, none is loaded.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="cancellationToken">Stops the hashing.</param>
    /// <returns>What can be used, and what is wrong with the folder or its endpoints; an absent slot is no fault.</returns>
    public static async Task<(IReadOnlyList<ModelInUse> Models, IReadOnlyList<string> Faults)> TakeAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) return ([], ["is not a folder; give the folder that holds the model files, or leave the option out."]);

        try
        {
            var endpoints = EndpointsInUse.Describe(EndpointsInUse.Read(folder));
            using var slots = new SlotRegistry(ModelCatalog.LoadEmbedded(), new ModelOptions { Folder = folder }, NullLogger<SlotRegistry>.Instance);
            var states = await slots.StatesAsync(cancellationToken);
            return ([.. states.Where(state => state.IsAvailable).Select(state => new ModelInUse(state.Slot, state.Model, state.Version, state.Sha256 ?? "")), .. endpoints], []);
        }
        catch (EndpointConfigurationException wrong)
        {
            return ([], wrong.Errors);
        }
    }
}
