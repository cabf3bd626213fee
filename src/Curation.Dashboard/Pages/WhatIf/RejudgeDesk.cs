using Curation.Clips.Deciding;
using Curation.Dashboard.Datasets;
using Curation.Dashboard.Security;
using Curation.Dataset.Rejudging;
using Curation.Pipeline.Rejudging;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>Judges data sets again, one at a time each, whoever looks. Every change leaves a line in the audit.</summary>
/// <param name="rejudger">Does it as <c>curate rejudge</c> does.</param>
/// <param name="audit">Where changes are written down.</param>
internal sealed class RejudgeDesk(DatasetRejudger rejudger, AuditLog audit) : IAsyncDisposable
{
    private const string Action = "dataset.rejudge";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (RejudgeJob Job, Task Work)> _jobs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The last job of a data set.</summary>
    /// <param name="dataset">Its key.</param>
    /// <returns>Null where there was none since the start.</returns>
    public RejudgeJob? Find(string dataset)
    {
        lock (_lock) return _jobs.TryGetValue(dataset, out var entry) ? entry.Job : null;
    }

    /// <summary>Starts to judge a data set again.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="policy">The policy.</param>
    /// <returns>The job; null where one is at work already.</returns>
    public RejudgeJob? Start(Actor actor, OpenedDataset dataset, Policy policy)
    {
        lock (_lock)
        {
            if (_jobs.TryGetValue(dataset.Known.Key, out var before) && before.Job.IsRunning)
            {
                audit.Refused(actor, Action, dataset.Known.Address, "it is being judged again already");
                return null;
            }

            var job = new RejudgeJob(dataset.Known.Key, policy);
            _jobs[dataset.Known.Key] = (job, Task.Run(() => WorkAsync(actor, dataset, job)));
            return job;
        }
    }

    /// <summary>Stops what is at work; the snapshots before stand.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] works;
        lock (_lock) works = [.. _jobs.Values.Select(entry => entry.Work)];
        await Task.WhenAll(works).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WorkAsync(Actor actor, OpenedDataset dataset, RejudgeJob job)
    {
        var address = dataset.Known.Address;
        try
        {
            var done = await rejudger.RejudgeAsync(dataset.Store, job.Policy, $"dashboard-{dataset.Known.Key}", judged: job, opened: job, cancellationToken: _stop.Token);
            audit.Changed(actor, Action, $"{address}: policy {job.Policy.Name} {job.Policy.Sha256}, snapshot {done.Result.Manifest.Id}");
            job.End(done);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or TimeoutException or RejudgeRefusedException)
        {
            audit.Refused(actor, Action, address, failure.Message);
            job.Fail($"{failure.Message} The data set stands as it was.");
        }
        catch (OperationCanceledException)
        {
            audit.Refused(actor, Action, address, "the silo stops");
            job.Fail("The silo was stopped. The data set stands as it was.");
        }
        finally
        {
            // What nobody foresaw goes on to the log; who looks must not wait for ever.
            if (job.IsRunning) job.Fail("It broke off for a reason that only the log knows. The data set stands as it was.");
        }
    }
}
