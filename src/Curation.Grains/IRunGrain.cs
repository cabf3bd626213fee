using Curation.Pipeline.Runs;
using Orleans.Concurrency;

namespace Curation.Grains;

/// <summary>
/// One curation run, keyed by its id: lists sources lazily and keeps a bounded number of them in flight over the silos.
/// What it must remember is kept outside memory; a run whose silo died goes on when anybody asks for it.
/// </summary>
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Starts the run and returns when that is durable. Starting it again changes nothing.</summary>
    /// <param name="plan">What to do. With a parallelism of 0 the run takes as many sources at once as the active silos do.</param>
    Task StartAsync([Immutable] RunPlan plan);

    /// <summary>Tells how far the run is.</summary>
    /// <returns>Counts, never rows.</returns>
    [AlwaysInterleave]
    Task<RunProgress> GetProgressAsync();

    /// <summary>The sources quarantined in this run, at most the first thousand.</summary>
    /// <returns>In the order in which they failed.</returns>
    [AlwaysInterleave]
    Task<IReadOnlyList<QuarantinedSource>> GetQuarantinedAsync();

    /// <summary>What it was started with.</summary>
    /// <returns>Null where it was not.</returns>
    [AlwaysInterleave]
    Task<RunPlan?> GetPlanAsync();

    /// <summary>Stops the run; finished sources are kept and a later run goes on from them.</summary>
    [AlwaysInterleave]
    Task CancelAsync();

    /// <summary>Takes the run up where no silo has it.</summary>
    /// <returns>How far it is.</returns>
    [AlwaysInterleave]
    Task<RunState> KeepAsync();

    /// <summary>Forgets a run that has ended, for good. One that has not is left alone.</summary>
    [OneWay]
    Task ForgetAsync();

    /// <summary>A source tells how far it is.</summary>
    /// <param name="source">The source.</param>
    [OneWay]
    [AlwaysInterleave]
    Task ReportAsync([Immutable] SourceInFlight source);
}
