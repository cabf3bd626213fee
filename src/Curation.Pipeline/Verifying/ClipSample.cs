using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Curation.Clips;
using Curation.Clips.Measuring;

namespace Curation.Pipeline.Verifying;

/// <summary>A sample of clips that depends on nothing but the clips and a seed: those whose names, hashed with the seed, are smallest.</summary>
/// <param name="most">The most clips; null for all.</param>
/// <param name="seed">Other seeds choose others.</param>
internal sealed class ClipSample(int? most, int seed)
{
    internal const string Skew = "container_skew_s";

    // The largest first, because it is what has to go.
    private readonly PriorityQueue<SampledClip, UInt128> _chosen = new(Comparer<UInt128>.Create((a, b) => b.CompareTo(a)));

    /// <summary>Those chosen of all that were offered, by path.</summary>
    public IReadOnlyList<SampledClip> Clips => [.. _chosen.UnorderedItems.Select(item => item.Element).OrderBy(clip => clip.Path, StringComparer.Ordinal)];

    /// <summary>Takes a retained clip into the sample, or not.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="path">Path of its media.</param>
    public void Offer(ClipRecord clip, string path)
    {
        if (most == 0) return;

        var sampled = new SampledClip(path, clip.Span.Duration, clip.Width, clip.Height, clip.FramesPerSecond, SkewOf(clip.Measurements));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}|{clip.Id}")));
        _chosen.Enqueue(sampled, BinaryPrimitives.ReadUInt128BigEndian(hash));
        if (_chosen.Count > most) _chosen.Dequeue();
    }

    private static double? SkewOf(IReadOnlyList<Measurement> measurements) => measurements.FirstOrDefault(measurement => measurement.Name == Skew)?.Value;
}
