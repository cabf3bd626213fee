namespace Curation.Filters.Classification;

/// <summary>
/// Who speaks when: cepstra and pitch of voiced frames in units of about a second, clustered bottom-up by Hotelling's
/// T-squared, to which the Bayesian information criterion (Chen and Gopalakrishnan 1998) reduces for equal covariances
/// (Zhou and Hansen 2005).
/// </summary>
/// <remarks>Low confidence: the limits were set on five recordings of one voice and four of several. Channel and music change the cepstra too.</remarks>
internal static class SpeakerClusters
{
    // c1..c12 (c0 is loudness) and the pitch in octaves.
    private const int Size = Cepstrum.Count;

    // Voice is cut into units of about this length, in each of which one person is taken to speak; longer in a long slice, since the work grows with their square.
    private const int UnitFrames = 120;
    private const int MostUnits = 200;

    // A unit with fewer voiced frames says nothing by itself.
    private const int LeastVoiced = 25;

    // The frames of one vowel say the same: independent observations are vowels, 100 ms when spoken, 400 ms when sung. Uncalibrated.
    private const double FramesPerSpokenVowel = 10, FramesPerSungVowel = 40;

    // Variance by which one voice's mean wanders in a slice, as a share of its frames' variance. Uncalibrated.
    private const double Drift = 1.0 / 20;

    // Above this T-squared two clusters are two people: pieces of one voice of 5, 10 and 20 s stayed below 32 (95 % below 29). Uncalibrated.
    private const double OneSpeaker = 32;

    // Typical deviations of the frames of one voice (mean over five recordings), c1..c12 and octaves of pitch, worth three seconds of voiced sound.
    private static readonly double[] TypicalDeviations = [4.3, 3.1, 2.8, 2.2, 1.75, 1.7, 1.45, 1.45, 1.35, 1.2, 1.1, 1.05, 0.25];
    private const double TypicalCount = 300;

    // A speaker has at least this much voice, frames, and this share of all. Uncalibrated.
    private const int LeastFrames = 80;
    private const double LeastShare = 0.1;

    /// <returns>Turns in order of time; speakers are numbered from 0 in order of appearance.</returns>
    public static List<SpeakerTurn> Find(ReadOnlySpan<VoiceFrame> frames, PitchTrack track, IReadOnlyList<VoiceSegment> voice, bool sung)
    {
        var framesPerVowel = sung ? FramesPerSungVowel : FramesPerSpokenVowel;
        var units = Units(frames, track, voice);
        var clusters = Merge(units, framesPerVowel);
        DropSmall(clusters);
        return Turns(units, clusters, framesPerVowel);
    }

    private static List<Unit> Units(ReadOnlySpan<VoiceFrame> frames, PitchTrack track, IReadOnlyList<VoiceSegment> voice)
    {
        var length = Math.Max(UnitFrames, voice.Sum(segment => segment.Length) / MostUnits);
        var scatter = new WithinScatter(TypicalDeviations, TypicalCount);
        var units = new List<Unit>();
        Span<double> vector = stackalloc double[Size];
        foreach (var segment in voice)
        {
            var parts = Math.Max(1, (int)Math.Round(segment.Length / (double)length));
            for (var part = 0; part < parts; part++)
            {
                var span = new VoiceSegment(segment.FirstFrame + (segment.Length * part / parts), segment.FirstFrame + (segment.Length * (part + 1) / parts));
                scatter.Begin();
                for (var t = span.FirstFrame; t < span.EndFrame; t++)
                {
                    if (track.Hz[t] is < VoiceActivity.LowestPitchHz or > VoiceActivity.HighestPitchHz) continue;

                    for (var c = 1; c < Cepstrum.Count; c++) vector[c - 1] = frames[t].Cepstrum[c];
                    vector[Size - 1] = Math.Log2(track.Hz[t]);
                    scatter.Add(vector);
                }

                units.Add(new Unit(span, scatter.Count, scatter.End(keep: scatter.Count >= LeastVoiced)));
            }
        }

        return [.. units.Select(unit => unit with { Mean = scatter.Whiten(unit.Mean) })];
    }

    private static List<Cluster> Merge(List<Unit> units, double framesPerVowel)
    {
        var clusters = units.Where(unit => unit.Voiced >= LeastVoiced).Select(unit => new Cluster([unit], unit.Voiced, unit.Mean)).ToList();
        var distances = new Dictionary<(Cluster, Cluster), double>();
        while (clusters.Count > 1)
        {
            var best = (A: clusters[0], B: clusters[1], Distance: double.PositiveInfinity);
            for (var i = 0; i < clusters.Count; i++)
            {
                for (var j = i + 1; j < clusters.Count; j++)
                {
                    var pair = (clusters[i], clusters[j]);
                    if (!distances.TryGetValue(pair, out var distance)) distances[pair] = distance = Distance(pair.Item1, pair.Item2, framesPerVowel);
                    if (distance < best.Distance) best = (pair.Item1, pair.Item2, distance);
                }
            }

            if (best.Distance > OneSpeaker) break;

            clusters.Remove(best.A);
            clusters.Remove(best.B);
            clusters.Add(Cluster.Join(best.A, best.B));
        }

        return clusters;
    }

    private static double Distance(Cluster a, Cluster b, double framesPerVowel)
    {
        double squares = 0;
        for (var i = 0; i < Size; i++) squares += (a.Mean[i] - b.Mean[i]) * (a.Mean[i] - b.Mean[i]);
        return squares / ((framesPerVowel / a.Voiced) + (framesPerVowel / b.Voiced) + (2 * Drift));
    }

    private static void DropSmall(List<Cluster> clusters)
    {
        var all = clusters.Sum(cluster => cluster.Frames);
        while (clusters.Count > 1)
        {
            var smallest = clusters.MinBy(cluster => cluster.Frames)!;
            if (smallest.Frames >= LeastFrames && smallest.Frames >= LeastShare * all) break;

            clusters.Remove(smallest);
        }
    }

    private static List<SpeakerTurn> Turns(List<Unit> units, List<Cluster> clusters, double framesPerVowel)
    {
        var owners = new Dictionary<Unit, Cluster>();
        foreach (var cluster in clusters)
        {
            foreach (var unit in cluster.Units) owners[unit] = cluster;
        }

        var numbers = new Dictionary<Cluster, int>();
        var turns = new List<SpeakerTurn>();
        foreach (var unit in units)
        {
            var number = 0;
            if (clusters.Count > 1)
            {
                var owner = owners.TryGetValue(unit, out var own) ? own : Nearest(unit, clusters, owners, framesPerVowel);
                if (!numbers.TryGetValue(owner, out number)) numbers[owner] = number = numbers.Count;
            }

            if (turns.Count > 0 && turns[^1].Speaker == number && turns[^1].Span.EndFrame == unit.Span.FirstFrame)
            {
                turns[^1] = turns[^1] with { Span = turns[^1].Span with { EndFrame = unit.Span.EndFrame } };
            }
            else
            {
                turns.Add(new SpeakerTurn(number, unit.Span));
            }
        }

        return turns;
    }

    private static Cluster Nearest(Unit unit, List<Cluster> clusters, Dictionary<Unit, Cluster> owners, double framesPerVowel)
    {
        if (unit.Voiced >= LeastVoiced)
        {
            var own = new Cluster([unit], unit.Voiced, unit.Mean);
            return clusters.MinBy(cluster => Distance(own, cluster, framesPerVowel))!;
        }

        // Too little voice to tell: whoever speaks nearest in time.
        var middle = unit.Span.FirstFrame + unit.Span.EndFrame;
        return owners[owners.Keys.MinBy(other => Math.Abs(other.Span.FirstFrame + other.Span.EndFrame - middle))!];
    }

    private sealed record Unit(VoiceSegment Span, int Voiced, double[] Mean);

    private sealed class Cluster(List<Unit> units, int voiced, double[] mean)
    {
        public List<Unit> Units { get; } = units;

        public int Voiced { get; } = voiced;

        public double[] Mean { get; } = mean;

        public int Frames { get; } = units.Sum(unit => unit.Span.Length);

        public static Cluster Join(Cluster a, Cluster b)
        {
            var voiced = a.Voiced + b.Voiced;
            return new Cluster(
                [.. a.Units, .. b.Units], voiced, [.. a.Mean.Zip(b.Mean, (x, y) => ((x * a.Voiced) + (y * b.Voiced)) / voiced)]);
        }
    }
}
