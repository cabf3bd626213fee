using Polly;
using Polly.Retry;

namespace Curation.Models.Catalogue;

/// <summary>
/// Downloads the files of a slot: goes on where an earlier pull stopped, checks the hash, and only then gives a file its name.
/// What it downloads is never run or loaded here.
/// </summary>
/// <param name="http">Clients; the one named <see cref="ClientName"/> does not follow redirects.</param>
/// <param name="options">Bounds.</param>
/// <param name="time">The clock.</param>
public sealed class ModelPuller(IHttpClientFactory http, PullOptions options, TimeProvider time)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "models";

    /// <summary>Pulls every file of a slot that has an address, its checkpoints included.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="progress">Told of every block; null for silence.</param>
    /// <param name="cancellationToken">Stops; what is on the disk stays and is gone on with.</param>
    /// <returns>One entry for each file.</returns>
    /// <exception cref="PullException">A file could not be had, or is not what it should be.</exception>
    public async Task<IReadOnlyList<PulledFile>> PullAsync(CatalogSlot slot, ModelFolder folder, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slot);
        ArgumentNullException.ThrowIfNull(folder);
        if (slot.Kind == SlotKind.Endpoint) throw new PullException($"The slot '{slot.Slot}' has no files: it wants {slot.Endpoint}.");

        var pulled = new List<PulledFile>();
        foreach (var file in slot.Checkpoints.Concat(slot.Files)) pulled.Add(await PullAsync(slot, file, folder, progress, cancellationToken));
        return pulled;
    }

    private async Task<PulledFile> PullAsync(CatalogSlot slot, CatalogFile file, ModelFolder folder, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        var pinned = ModelLock.Load(folder.Path);
        var expected = file.Sha256 ?? pinned.Find(slot.Slot, file.Name)?.Sha256;
        if (folder.Find(slot, file) is { } present)
        {
            var found = await folder.HashAsync(present, cancellationToken);
            if (expected is null || found == expected) return new PulledFile(file, present, found, "was there");
        }

        if (file.Url is null)
        {
            return new PulledFile(file, null, null, file.ByHand ?? $"is written by 'curate models import {slot.Slot}'");
        }

        var target = folder.PlaceOf(slot, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var part = new PartialFile(target);
        var existed = await TryAsync(file, part, progress, cancellationToken);
        if (!existed) return new PulledFile(file, null, null, "is not published there and not needed");

        var hash = await folder.HashAsync(part.Path, cancellationToken);
        if (expected is not null && hash != expected)
        {
            part.Discard();
            throw new PullException($"{file.Name} from {file.Url} has SHA-256 {hash}, not {expected}; it was deleted and nothing was put in its place.");
        }

        var bytes = new FileInfo(part.Path).Length;

        // Pinned before it is in place, and into the pins as they are now: another pull may have pinned its own meanwhile.
        if (file.Sha256 is null) ModelLock.Load(folder.Path).Pin(slot.Slot, file.Name, new LockedFile(hash, bytes, file.Url.AbsoluteUri));
        part.Finish();
        return new PulledFile(file, target, hash, expected is null ? "pulled; its hash is pinned now" : "pulled; its hash is right");
    }

    private async Task<bool> TryAsync(CatalogFile file, PartialFile part, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(ClientName);
        var download = new Download(client, options, time);
        try
        {
            await Retrying().ExecuteAsync(async token => await download.RunAsync(file, part, progress, token), cancellationToken);
            return true;
        }
        catch (HttpRequestException missing) when (file.Optional && missing.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TimeoutException)
        {
            throw new PullException($"{file.Name} could not be pulled from {file.Url}: {failure.Message} What came stays in {part.Path}; pull again to go on.", failure);
        }
    }

    // The only place that tries again: a busy server as well as a body that broke off, which is gone on with.
    private ResiliencePipeline Retrying() => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.Retries,
            Delay = options.RetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception switch
            {
                ServerBusyException busy => busy.RetryAfter is not { } wait || wait <= options.MaxRetryAfter,
                IOException or TimeoutException or HttpRequestException { StatusCode: null } => true,
                _ => false,
            }),
            DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as ServerBusyException)?.RetryAfter),
        })
        .Build();
}
