namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>How far judging again is, as JSON.</summary>
/// <param name="State"><c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Policy">Name of the policy.</param>
/// <param name="PolicySha256">Its digest.</param>
/// <param name="Judged">The share of rows that are judged, 0..1.</param>
/// <param name="Snapshot">The snapshot that is current now; null where it is not done.</param>
/// <param name="Changed">Whether anything changed; null where it is not done.</param>
/// <param name="Retained">Clips retained now; null where it is not done.</param>
/// <param name="Problem">Why it failed; null where it did not.</param>
internal sealed record RejudgeJson(string State, string Policy, string PolicySha256, double Judged, string? Snapshot, bool? Changed, long? Retained, string? Problem)
{
    /// <summary>Makes it of a job.</summary>
    public static RejudgeJson Of(RejudgeJob job) => new(
        job.IsRunning ? "running" : job.Done is null ? "failed" : "done", job.Policy.Name, job.Policy.Sha256, job.Share,
        job.Done?.Result.Manifest.Id, job.Done?.Result.Changed, job.Done?.Result.Manifest.Funnel.Retained, job.Problem);
}
