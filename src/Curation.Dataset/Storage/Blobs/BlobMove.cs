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
    /// <summary>Name under which a copy keeps the version of its source, by which anybody tells it from the copy of an older content.</summary>
    private const string SourceVersion = "movedversion";

    private const int PreconditionFailed = 412;

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
        var there = await FindAsync(target, cancellationToken).ConfigureAwait(false);
        if (there is null || !IsCopy(there, version))
        {
            await BeginAsync(version, there?.ETag, cancellationToken).ConfigureAwait(false);
            there = await _untilCopied.ExecuteAsync(async stop => (await target.GetPropertiesAsync(cancellationToken: stop).ConfigureAwait(false)).Value, cancellationToken).ConfigureAwait(false);
            if (!IsCopy(there, version)) throw new RequestFailedException(PreconditionFailed, $"the target is not the copy that was begun; its last copy: {there.BlobCopyStatus} {there.CopyStatusDescription}".TrimEnd());
        }

        await source.DeleteIfExistsAsync(DeleteSnapshotsOption.None, new BlobRequestConditions { IfMatch = version }, cancellationToken).ConfigureAwait(false);
    }

    private async Task BeginAsync(ETag version, ETag? there, CancellationToken cancellationToken)
    {
        var options = new BlobCopyFromUriOptions
        {
            Metadata = new Dictionary<string, string> { [SourceVersion] = version.ToString() },
            SourceConditions = new BlobRequestConditions { IfMatch = version },
            DestinationConditions = there is { } tag ? new BlobRequestConditions { IfMatch = tag } : new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await target.StartCopyFromUriAsync(source.Uri, options, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException other) when (other.Status is 409 or 412 && other.ErrorCode != BlobErrorCode.SourceConditionNotMet)
        {
            // Somebody else's copy has begun: this one waits for it.
        }
    }

    private static bool IsCopy(BlobProperties there, ETag version) =>
        there.BlobCopyStatus == CopyStatus.Success && there.Metadata.TryGetValue(SourceVersion, out var copied) && copied == version.ToString();

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
