using Curation.Clips;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Media.Probing;
using Curation.Media.Reading;
using Klear.Model.Codecs;
using Klear.Model.Text;
using static TorchSharp.torch;

namespace Klear.Model.Data;

/// <summary>Encodes the triplets of a data set into a cache of latents. What an interrupted run left is used again; a damaged file is made anew.</summary>
/// <param name="video">Codec of pictures.</param>
/// <param name="audio">Codec of sound.</param>
/// <param name="text">Encoder of captions.</param>
/// <param name="probe">Reads headers of clips.</param>
/// <param name="reader">Decodes clips.</param>
/// <param name="speechBytes">Bytes of what is said or sung that its own path reads; null where it goes with the audio caption.</param>
public sealed class LatentEncoder(IVideoCodec video, IAudioCodec audio, ITextEncoder text, MediaProbe probe, ClipReader reader, int? speechBytes = null)
{
    /// <summary>Clips that are decoded ahead of the one that is encoded: decoding a clip and encoding another take different processes. Uncalibrated.</summary>
    private const int DecodedAhead = 2;

    private readonly ClipDecoder _decoder = new(probe, reader);

    /// <summary>Encodes a data set.</summary>
    /// <param name="datasetFolder">The data set that curate wrote.</param>
    /// <param name="cacheFolder">Where the cache is, or will be.</param>
    /// <param name="options">Rate, sizes and lengths; null for the defaults.</param>
    /// <param name="progress">Told after every clip.</param>
    /// <param name="cancellationToken">Stops after the clip at work; the clips before it are kept for the next run.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="DatasetException">There is no data set, no triplet, no caption in any of them, or media is missing.</exception>
    /// <exception cref="LatentCacheException">The cache cannot be written, or somebody else writes it.</exception>
    public async Task<EncodeReport> EncodeAsync(string datasetFolder, string cacheFolder, EncodeOptions? options = null, IProgress<EncodeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(datasetFolder);
        ArgumentException.ThrowIfNullOrWhiteSpace(cacheFolder);
        options ??= new EncodeOptions();
        options.Check(video);

        var (snapshot, clips) = await TripletReader.ReadAsync(datasetFolder, cancellationToken).ConfigureAwait(false);
        var identity = new LatentIdentity { Snapshot = snapshot, VideoCodec = video.Identity, AudioCodec = audio.Identity, TextEncoder = LatentIdentity.TextsOf(text, speechBytes), Options = options };
        var (plans, leftOut) = Plan(clips, datasetFolder, identity);
        try
        {
            using var cache = LatentCacheWriter.Open(cacheFolder, video.Channels, audio.Channels);
            var encoded = await EncodeAsync(plans, leftOut, cache, options, progress, cancellationToken).ConfigureAwait(false);
            if (cache.Count == 0) throw new DatasetException($"No clip of the data set '{datasetFolder}' could be encoded; of the last: {leftOut[^1].Reason}.");

            cache.Finish(identity, leftOut);
            return new EncodeReport(identity, encoded, cache.Count - encoded, leftOut);
        }
        catch (Exception error) when (error is (IOException or UnauthorizedAccessException) and not DatasetException)
        {
            throw LatentCacheWriter.Explain(error, cacheFolder);
        }
    }

    private (List<ClipPlan> Plans, List<LeftOutClip> LeftOut) Plan(IReadOnlyList<ClipRecord> clips, string datasetFolder, LatentIdentity identity)
    {
        var (plans, leftOut) = (new List<ClipPlan>(clips.Count), new List<LeftOutClip>());
        foreach (var clip in clips)
        {
            var (plan, reason) = ClipPlan.Of(clip, datasetFolder, identity, video, audio, speechBytes);
            if (plan is not null) plans.Add(plan);
            else leftOut.Add(new LeftOutClip(clip.Id.Value, reason!));
        }

        if (plans.Count == 0)
        {
            throw new DatasetException(leftOut.All(clip => clip.Reason == ClipPlan.Uncaptioned)
                ? $"No clip of the data set '{datasetFolder}' has a caption: curate it with captioning models or endpoints, or encode it with the option to keep clips without captions."
                : $"No clip of the data set '{datasetFolder}' can be encoded; of the first: {leftOut[0].Reason}.");
        }

        var missing = plans.Where(plan => !File.Exists(plan.MediaPath)).ToList();
        if (missing.Count > 0)
        {
            throw new DatasetException($"Media of {missing.Count} of {plans.Count} clips is missing, the first at {missing[0].MediaPath}: copy the folder clips/ of the data set to where dataset.json is.");
        }

        return (plans, leftOut);
    }

    private async Task<int> EncodeAsync(List<ClipPlan> plans, List<LeftOutClip> leftOut, LatentCacheWriter cache, EncodeOptions options, IProgress<EncodeProgress>? progress, CancellationToken cancellationToken)
    {
        var (encoded, total) = (0, plans.Count + leftOut.Count);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = new Queue<Task<DecodedClip>>();
        try
        {
            for (var next = 0; next < plans.Count || underWay.Count > 0;)
            {
                while (next < plans.Count && underWay.Count <= DecodedAhead) underWay.Enqueue(DecodeAsync(plans[next++], cache, options, stop.Token));

                var clip = await underWay.Peek().ConfigureAwait(false);
                _ = underWay.Dequeue();
                cancellationToken.ThrowIfCancellationRequested();
                if (clip.Failure is not null)
                {
                    leftOut.Add(new LeftOutClip(clip.Plan.Key, clip.Failure));
                }
                else
                {
                    if (clip.Pictures is not null) Write(clip, cache.PathOf(clip.Plan));
                    if (clip.Pictures is not null) encoded++;
                    cache.Add(clip.Plan);
                }

                progress?.Report(new EncodeProgress(cache.Count + leftOut.Count, total, encoded, cache.Count - encoded, leftOut.Count));
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return encoded;
    }

    private async Task<DecodedClip> DecodeAsync(ClipPlan plan, LatentCacheWriter cache, EncodeOptions options, CancellationToken cancellationToken)
    {
        if (await Task.Run(() => LatentFile.Holds(cache.PathOf(plan), plan.Stamp), cancellationToken).ConfigureAwait(false)) return new DecodedClip(plan, null, null, null);

        try
        {
            var (pictures, sound) = await _decoder.DecodeAsync(plan, options.PicturesPerSecond, audio.SampleRate, audio.Hop, cancellationToken).ConfigureAwait(false);
            return new DecodedClip(plan, pictures, sound, null);
        }
        catch (MediaException error)
        {
            // One damaged clip does not end the work on all others; it is named in the index.
            return new DecodedClip(plan, null, null, $"its media cannot be decoded: {error.Reason}");
        }
    }

    // Not async: dispose scopes belong to their thread.
    private void Write(DecodedClip clip, string path)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        LatentFile.Write(path, clip.Plan.Stamp, new LatentTensors(
            video.Encode(clip.Pictures!.ToTensor()).squeeze(0), audio.Encode(clip.Sound!.ToTensor()).squeeze(0), text.Encode(clip.Plan.Texts.Video), text.Encode(clip.Plan.Texts.Audio)));
    }

    // Without pictures and failure: the cache holds the clip.
    private sealed record DecodedClip(ClipPlan Plan, ClipPictures? Pictures, ClipSound? Sound, string? Failure);
}
