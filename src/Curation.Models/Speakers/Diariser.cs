using Curation.Models.Contracts;
using Curation.Models.Voice;

namespace Curation.Models.Speakers;

/// <summary>Says who spoke when: windows over the speech are embedded, clustered and joined to turns.</summary>
/// <param name="embedder">Gives the direction of a voice.</param>
/// <param name="options">Numbers; null for the defaults.</param>
public sealed class Diariser(SpeakerEmbedder embedder, DiarisationOptions? options = null)
{
    private readonly DiarisationOptions _options = options ?? new DiarisationOptions();

    /// <summary>Finds the turns of a clip.</summary>
    /// <param name="features">[T,80] Kaldi log filter bank of the whole clip at 16 kHz, 10 ms apart.</param>
    /// <param name="speech">Stretches of speech in order of time.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>Turns within the stretches of speech.</returns>
    public Diarisation Diarise(ReadOnlySpan<float> features, IReadOnlyList<SpeechSegment> speech, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(speech);
        var frames = features.Length / SpeakerEmbedder.Bins;
        var windows = Windows(speech, frames);
        if (windows.Count == 0) return new Diarisation([], new Dictionary<string, float[]>());

        var directions = Embed(features, windows, cancellation);
        var groups = WithoutTiny(AgglomerativeClusters.Group(directions, _options.MergeCosine), directions);
        var speakers = Enumerable.Range(0, groups.Max() + 1).ToDictionary(Id, group => Vectors.MeanDirection([.. directions.Where((_, window) => groups[window] == group)]));
        return new Diarisation(Turns(windows, groups), speakers);
    }

    private static string Id(int group) => $"S{group + 1}";

    private List<Window> Windows(IReadOnlyList<SpeechSegment> speech, int frames)
    {
        var windows = new List<Window>();
        var length = ToFrames(_options.WindowSeconds);
        var step = ToFrames(_options.StepSeconds);
        foreach (var stretch in speech)
        {
            var start = Math.Clamp(ToFrames(stretch.StartSeconds), 0, frames);
            var end = Math.Clamp(ToFrames(stretch.EndSeconds), 0, frames);
            if (end - start < ToFrames(_options.ShortestSeconds)) continue;

            // The last window is moved back to end with the stretch, so that every window but those of short stretches is whole.
            for (var first = start; ; first += step)
            {
                var last = Math.Min(first + length, end);
                windows.Add(new Window(Math.Max(start, last - length), last, stretch));
                if (last == end) break;
            }
        }

        return windows;
    }

    private float[][] Embed(ReadOnlySpan<float> features, List<Window> windows, CancellationToken cancellation)
    {
        var directions = new float[windows.Count][];
        foreach (var sameLength in windows.Select((window, index) => (window, index)).GroupBy(item => item.window.Last - item.window.First))
        {
            var stretches = new List<float[]>();
            foreach (var (window, _) in sameLength) stretches.Add(features[(window.First * SpeakerEmbedder.Bins)..(window.Last * SpeakerEmbedder.Bins)].ToArray());
            var embedded = embedder.Embed(stretches, cancellation);
            foreach (var ((_, index), direction) in sameLength.Zip(embedded)) directions[index] = direction;
        }

        return directions;
    }

    private int[] WithoutTiny(int[] groups, float[][] directions)
    {
        var smallest = _options.SmallestShare * groups.Length;
        var counts = groups.GroupBy(group => group).ToDictionary(group => group.Key, group => group.Count());
        var kept = counts.Where(group => group.Value >= smallest).Select(group => group.Key).ToList();
        if (kept.Count == 0 || kept.Count == counts.Count) return groups;

        var centres = kept.ToDictionary(group => group, group => Vectors.MeanDirection([.. directions.Where((_, window) => groups[window] == group)]));
        return AgglomerativeClusters.InOrder([.. groups.Select((group, window) => centres.ContainsKey(group) ? group : kept.MaxBy(other => Vectors.Cosine(centres[other], directions[window])))]);
    }

    /// <remarks>Overlapping windows share their time at the middle between their centres; the first and the last reach to the ends of their stretch.</remarks>
    private static List<SpeakerTurn> Turns(List<Window> windows, int[] groups)
    {
        var turns = new List<SpeakerTurn>();
        for (var i = 0; i < windows.Count; i++)
        {
            var window = windows[i];
            var follows = i > 0 && ReferenceEquals(windows[i - 1].Stretch, window.Stretch);
            var goesOn = i + 1 < windows.Count && ReferenceEquals(windows[i + 1].Stretch, window.Stretch);
            var start = follows ? Middle(windows[i - 1], window) : window.Stretch.StartSeconds;
            var end = goesOn ? Middle(window, windows[i + 1]) : window.Stretch.EndSeconds;
            if (follows && groups[i] == groups[i - 1]) turns[^1] = turns[^1] with { End = end };
            else turns.Add(new SpeakerTurn(Id(groups[i]), start, end));
        }

        return turns;
    }

    private static double Middle(Window left, Window right) => (left.First + left.Last + right.First + right.Last) / 4.0 / SpeakerEmbedder.FramesPerSecond;

    private static int ToFrames(double seconds) => (int)Math.Round(seconds * SpeakerEmbedder.FramesPerSecond);

    private sealed record Window(int First, int Last, SpeechSegment Stretch);
}
