using System.Globalization;
using Curation.Grains.Placement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Curation.Grains;

/// <inheritdoc cref="ISiloRoster" />
/// <remarks>Roles and capacities come from the silos' metadata. In a cluster without metadata every silo does everything, as much as this one.</remarks>
internal sealed class SiloRoster(IServiceProvider services, IOptions<SiloCapacity> capacity) : ISiloRoster
{
    private static readonly string MediaRole = SiloRoles.MetadataKey(SiloRoles.Media);

    // Asked for late: a client registers the roster too, and has no membership.
    private ISiloStatusOracle? _members;
    private ISiloMetadataCache? _metadata;
    private bool _lookedForMetadata;

    private ISiloStatusOracle Members => _members ??= services.GetRequiredService<ISiloStatusOracle>();

    public IReadOnlyList<SiloPlace> Active()
    {
        if (!_lookedForMetadata) (_metadata, _lookedForMetadata) = (services.GetService<ISiloMetadataCache>(), true);
        return
        [
            .. Members.GetApproximateSiloStatuses(onlyActive: true).Keys
                .Where(IsForMedia)
                .Order()
                .Select(silo => new SiloPlace(silo, SourcesOf(silo))),
        ];
    }

    public bool IsActive(SiloAddress silo) => Members.GetApproximateSiloStatus(silo) == SiloStatus.Active;

    private bool IsForMedia(SiloAddress silo) => _metadata is null || _metadata.GetSiloMetadata(silo)?.Metadata.ContainsKey(MediaRole) == true;

    private int? SourcesOf(SiloAddress silo) =>
        _metadata?.GetSiloMetadata(silo) is { } metadata
        && metadata.Metadata.TryGetValue(SiloCapacity.MetadataKey, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sources)
            ? sources
            : capacity.Value.Sources;
}
