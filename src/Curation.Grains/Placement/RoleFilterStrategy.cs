using Orleans.Metadata;
using Orleans.Placement;

namespace Curation.Grains.Placement;

/// <summary>The role that a grain type asks for, as it travels in the cluster's manifest.</summary>
/// <param name="role">One of <see cref="SiloRoles"/>.</param>
/// <param name="order">Place among other filters.</param>
public sealed class RoleFilterStrategy(string role, int order) : PlacementFilterStrategy(order)
{
    private const string Property = "role";

    /// <summary>Made empty by Orleans, which fills it from the manifest.</summary>
    public RoleFilterStrategy()
        : this("", 0)
    {
    }

    /// <summary>The role asked for.</summary>
    public string Role { get; private set; } = role;

    /// <inheritdoc />
    public override void AdditionalInitialize(GrainProperties properties) =>
        Role = GetPlacementFilterGrainProperty(Property, properties) ?? throw new InvalidOperationException($"The manifest names no role for {nameof(RoleAttribute)}.");

    /// <inheritdoc />
    protected override IEnumerable<KeyValuePair<string, string>> GetAdditionalGrainProperties(
        IServiceProvider services, Type grainClass, GrainType grainType, IReadOnlyDictionary<string, string> existingProperties) =>
        [new(Property, Role)];
}
