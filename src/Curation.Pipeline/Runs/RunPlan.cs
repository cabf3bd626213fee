using Curation.Clips.Deciding;
using Curation.Pipeline.Modelling;

namespace Curation.Pipeline.Runs;

/// <summary>What one curation run is to do. It travels between silos, so it carries values only.</summary>
/// <param name="RunId">Names the run.</param>
/// <param name="Input">A file, a folder, a <c>.txt</c> or <c>.jsonl</c> list, or the address of objects.</param>
/// <param name="Output">The data set's folder, or its address in a store.</param>
/// <param name="Policy">The limits.</param>
public sealed record RunPlan(string RunId, string Input, string Output, Policy Policy)
{
    /// <summary>Sources in flight at once.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Full path of the folder with the models and the endpoints' configuration; null for a run without them.</summary>
    public string? ModelsFolder { get; init; }

    /// <summary>The models and endpoints of that folder that can be used, as they were when the run was planned.</summary>
    public IReadOnlyList<ModelInUse> Models { get; init; } = [];

    /// <summary>Stop after this many sources; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Addresses of the sources to work on: no others of the input are, and those quarantined for what they hold are tried again. Null for all, as usual.</summary>
    public IReadOnlyList<string>? Only { get; init; }
}
