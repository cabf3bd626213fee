using Curation.Grains.Placement;
using Curation.Silo.Commands;
using Curation.Silo.Hosting.Configuration;

namespace Curation.Silo.Cluster;

/// <inheritdoc cref="ISiloViewGrain" />
internal sealed class SiloViewGrain(CurateSettings settings, ILocalSiloDetails self) : Grain, ISiloViewGrain
{
    // A policy that is surely there: the caller puts its own into the plan.
    private const string AnyPolicy = "klear";

    public async Task<SiloView> LookAsync(RunArguments arguments, string runId)
    {
        DeactivateOnIdle();
        var roles = settings.Silo.Roles;
        // Sound is asked about where the role model is; pictures and the rest where the source lies.
        var asked = arguments with { Policy = AnyPolicy, Models = roles.Contains(SiloRoles.Model) || roles.Contains(SiloRoles.Media) ? arguments.Models : null };
        var (plan, errors) = await Task.Run(() => RunPreparation.PrepareAsync(asked, runId, settings, CancellationToken.None));
        if (!roles.Contains(SiloRoles.Media)) errors = [.. errors.Where(error => error.StartsWith("--models", StringComparison.Ordinal))];
        return new SiloView(self.SiloAddress.Endpoint.ToString(), roles, plan, errors);
    }
}
