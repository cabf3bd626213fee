using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace Curation.Grains.Placement;

/// <summary>Leaves only the silos that have the role which the grain asks for.</summary>
/// <param name="services">Holds the silos' metadata, where the cluster has any.</param>
public sealed class RoleFilterDirector(IServiceProvider services) : IPlacementFilterDirector
{
    private readonly ISiloMetadataCache? _metadata = services.GetService<ISiloMetadataCache>();

    /// <inheritdoc />
    /// <exception cref="RoleUnavailableException">No active silo has the role.</exception>
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        // A cluster that says nothing about roles has silos that do everything.
        if (_metadata is null) return silos;

        var role = ((RoleFilterStrategy)filterStrategy).Role;
        var key = SiloRoles.MetadataKey(role);
        var able = silos.Where(silo => _metadata.GetSiloMetadata(silo)?.Metadata.ContainsKey(key) == true).ToList();
        return able.Count > 0 ? able : throw new RoleUnavailableException(role, target.GrainIdentity.Type.ToString());
    }
}
