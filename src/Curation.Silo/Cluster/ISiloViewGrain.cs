using Curation.Silo.Commands;

namespace Curation.Silo.Cluster;

/// <summary>Checks a run with one silo's own eyes: its paths, stores, models and programs. Key: the silo and the run.</summary>
internal interface ISiloViewGrain : IGrainWithStringKey
{
    /// <summary>Checks what the silo's roles need of a run. The policy is the caller's affair.</summary>
    /// <param name="arguments">What the user asked for, with full paths.</param>
    /// <param name="runId">Names the run.</param>
    [ResponseTimeout("00:15:00")] // It hashes every model's weights.
    Task<SiloView> LookAsync(RunArguments arguments, string runId);
}
