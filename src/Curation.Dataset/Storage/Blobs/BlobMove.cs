using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Polly;
using Polly.Retry;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>
/// Moves a blob by a copy and a deletion, also where another machine moves the same one at the same time: of two copies
/// only one begins, and the source is deleted by whoever sees that copy whole.
/// </summary>
/// <param name="source">The blob.</param>
/// <param name="target">Its new place.</param>
/// <param name="time">Clock of the waiting.</param>
internal sealed class BlobMove(BlobClient source, BlobClient target, TimeProvider time)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly ResiliencePipeline<BlobProperties> _untilCopied = new ResiliencePipelineBuilder<BlobProperties> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<BlobProperties>
        {
            ShouldHandle = trial => ValueTask.FromResult(trial.Outcome.Result?.BlobCopyStatus == CopyStatus.Pending),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstLook,
            MaxDelay = LongestWait,
        })
        .Build();

    /// <summary>Moves the version that was found.</summary>
    /// <param name="version">The source's version.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    public async Task RunAsync(ETag version, CancellationToken cancellationToken)
    {
        var unchanged = new BlobRequestConditions { IfMatch = version };
        var there = await FindAsync(target, cancellationToken).ConfigureAwait(false);
        if (there is null || !await IsCopyAsync(there, cancellationToken).ConfigureAwait(false))
        {
            await BeginAsync(there?.ETag, unchanged, cancellationToken).ConfigureAwait(false);
            there = await _untilCopied.ExecuteAsync(async stop => (await target.GetPropertiesAsync(cancellationToken: stop).ConfigureAwait(false)).Value, cancellationToken).ConfigureAwait(false);
            if (there.BlobCopyStatus != CopyStatus.Success) throw new RequestFailedException($"the copy ended as {there.BlobCopyStatus}: {there.CopyStatusDescription}");
        }

        await source.DeleteIfExistsAsync(DeleteSnapshotsOption.None, unchanged, cancellationToken).ConfigureAwait(false);
    }

    private async Task BeginAsync(ETag? there, BlobRequestConditions unchanged, CancellationToken cancellationToken)
    {
        var untouched = there is { } tag ? new BlobRequestConditions { IfMatch = tag } : new BlobRequestConditions { IfNoneMatch = ETag.All };
        try
        {
            await target.StartCopyFromUriAsync(source.Uri, new BlobCopyFromUriOptions { SourceConditions = unchanged, DestinationConditions = untouched }, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException other) when (other.Status is 409 or 412 && other.ErrorCode != BlobErrorCode.SourceConditionNotMet)
        {
            // Somebody else's copy has begun: this one waits for it.
        }
    }

    private async Task<bool> IsCopyAsync(BlobProperties there, CancellationToken cancellationToken)
    {
        if (there.BlobCopyStatus != CopyStatus.Success || there.CopySource is null || PathOf(there.CopySource) != PathOf(source.Uri)) return false;

        // A name that is used again has another content; one that is gone was deleted by whoever copied it.
        return await FindAsync(source, cancellationToken).ConfigureAwait(false) is not { } from || from.LastModified <= there.CopyCompletedOn.AddSeconds(1);
    }

    private static string PathOf(Uri blob) => Uri.UnescapeDataString(blob.AbsolutePath);

    private static async Task<BlobProperties?> FindAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return (await blob.GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (RequestFailedException error) when (BlobFailure.IsAbsent(error))
        {
            return null;
        }
    }
}
