namespace Curation.Grains.Placement;

/// <summary>No silo in the cluster can do a kind of work at the moment; one that joins later can.</summary>
[GenerateSerializer]
[Alias("Curation.RoleUnavailable")]
public sealed class RoleUnavailableException : OrleansException
{
    /// <summary>Says which role is missing.</summary>
    /// <param name="role">One of <see cref="SiloRoles"/>.</param>
    /// <param name="grainType">Who asked for it.</param>
    public RoleUnavailableException(string role, string grainType)
        : base($"No active silo has the role '{role}', which {grainType} needs. Start one with Curate:Silo:Roles holding \"{role}\"; the work goes on when it has joined.")
    {
        Role = role;
    }

    /// <summary>The missing role.</summary>
    [Id(0)]
    public string Role { get; private set; }
}
