using System.Globalization;
using Curation.Grains;

namespace Curation.Silo.Cluster;

/// <summary>Whether a run of the cluster that has not ended writes a data set already. Who asks is refused; a run that slips in between waits for the earlier one.</summary>
internal static class OutputInUse
{
    /// <summary>What to tell whoever wants to write there too.</summary>
    /// <param name="grains">The cluster.</param>
    /// <param name="output">The data set, as plans name it.</param>
    /// <param name="ended">A run that is known to have ended, though the index may not have been told yet; null for none.</param>
    /// <returns>Null where nobody writes there.</returns>
    public static async Task<string?> FindAsync(IGrainFactory grains, string output, string? ended = null)
    {
        var active = await grains.GetGrain<IRunIndexGrain>(IRunIndexGrain.Key).GetActiveAsync();
        return active.FirstOrDefault(run => run.Output == output && run.RunId != ended) is not { } writer ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"--output {output}: run {writer.RunId} is writing this data set since {writer.StartedUtc:yyyy-MM-dd HH:mm:ss} UTC; wait for it to end (curate runs show {writer.RunId}) or cancel it (curate runs cancel {writer.RunId}).");
    }
}
