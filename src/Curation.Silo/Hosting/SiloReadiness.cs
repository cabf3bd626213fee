using Curation.Grains.Placement;
using Curation.Media;
using Curation.Media.Processes;
using Curation.Silo.Hosting.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Curation.Silo.Hosting;

/// <summary>Whether this silo may be given work: it is an active member, it does not drain, and it has what its roles need.</summary>
internal sealed class SiloReadiness(ISiloStatusOracle members, SiloDrain drain, FfmpegTools ffmpeg, CurateSettings settings) : IHealthCheck
{
    /// <summary>Marks the checks that count for readiness.</summary>
    public const string Tag = "ready";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        if (members.CurrentStatus != SiloStatus.Active) reasons.Add($"the silo is {members.CurrentStatus}, not Active");
        if (drain.IsDraining) reasons.Add($"it drains; {drain.InFlight} sources are in work");
        if (settings.Silo.Roles.Contains(SiloRoles.Media))
        {
            try
            {
                await ffmpeg.LocateAsync(cancellationToken);
            }
            catch (MediaException missing)
            {
                reasons.Add(missing.Reason);
            }
        }

        return reasons.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Join("; ", reasons));
    }
}
