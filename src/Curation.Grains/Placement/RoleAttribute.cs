using Orleans.Placement;

namespace Curation.Grains.Placement;

/// <summary>Keeps a grain on silos that have a role.</summary>
/// <param name="role">One of <see cref="SiloRoles"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RoleAttribute(string role) : PlacementFilterAttribute(new RoleFilterStrategy(role, Order))
{
    private const int Order = 1;

    /// <summary>The role asked for.</summary>
    public string Role { get; } = role;
}
