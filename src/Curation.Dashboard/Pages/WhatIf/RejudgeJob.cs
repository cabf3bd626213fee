using Curation.Clips.Deciding;
using Curation.Pipeline.Rejudging;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>A data set that is being judged again, or was.</summary>
/// <param name="dataset">Key of the data set.</param>
/// <param name="policy">The policy.</param>
internal sealed class RejudgeJob(string dataset, Policy policy) : IProgress<double>, IProgress<int>
{
    /// <summary>Key of the data set.</summary>
    public string Dataset => dataset;

    /// <summary>The policy.</summary>
    public Policy Policy => policy;

    /// <summary>The share of rows that are judged, 0..1.</summary>
    public double Share { get; private set; }

    /// <summary>Clips whose media was opened.</summary>
    public int Opened { get; private set; }

    /// <summary>What became of it; null where it failed or is not done.</summary>
    public RejudgedDataset? Done { get; private set; }

    /// <summary>Why it failed, with what was left undone; null where it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether it is at work.</summary>
    public bool IsRunning => Done is null && Problem is null;

    /// <summary>Tells of progress and of the end.</summary>
    public event Action? Changed;

    /// <inheritdoc />
    public void Report(double value) => Tell(() => Share = Math.Max(Share, value));

    /// <inheritdoc />
    public void Report(int value) => Tell(() => Opened = Math.Max(Opened, value));

    /// <summary>It is done.</summary>
    public void End(RejudgedDataset done) => Tell(() => Done = done);

    /// <summary>It failed.</summary>
    public void Fail(string problem) => Tell(() => Problem = problem);

    private void Tell(Action change)
    {
        change();
        Changed?.Invoke();
    }
}
