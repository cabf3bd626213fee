namespace Curation.Filters.Classification;

/// <summary>Who speaks when: cepstra and pitch of voiced frames, clustered bottom-up under the Bayesian information criterion (Chen and Gopalakrishnan 1998).</summary>
internal static class SpeakerClusters
{
    // c1..c12 (c0 is loudness) and the pitch in octaves.
    private const int Size = Cepstrum.Count;

    // Voice is cut into units of about this length, in each of which one person is taken to speak.
    private const int UnitFrames = 120;

    // A unit with fewer voiced frames joins nobody by itself.
    private const int LeastVoiced = 25;

    // Covariances of short units are drawn towards that of the whole slice. Uncalibrated.
    private const double PriorCount = 30;

    // Weight of the BIC penalty; well over 1 because neighbouring frames share samples and a speaker's vowels differ. Uncalibrated.
    internal static double Penalty = 4;

    // A speaker has at least this much voice, frames, and this share of all. Uncalibrated.
    private const int LeastFrames = 80;
    private const double LeastShare = 0.04;

    /// <returns>Turns in order of time; speakers are numbered from 0 in order of appearance.</returns>
    public static List<SpeakerTurn> Find(ReadOnlySpan<VoiceFrame> frames, PitchTrack track, IReadOnlyList<VoiceSegment> voice)
    {
        var units = Units(frames, track, voice);
        var whole = new GaussianSum(Size);
        foreach (var unit in units) whole.Add(unit.Sum);
        if (whole.Count == 0) return [];

        var prior = whole.Covariance();
        var clusters = Merge(units, prior);
        DropSmall(clusters);
        foreach (var unit in units.Where(unit => !clusters.Any(cluster => cluster.Units.Contains(unit))))
        {
            Nearest(unit, units, clusters, prior).Units.Add(unit);
        }

        return Turns(units, clusters);
    }

    private static List<Unit> Units(ReadOnlySpan<VoiceFrame> frames, PitchTrack track, IReadOnlyList<VoiceSegment> voice)
    {
        var units = new List<Unit>();
        Span<double> vector = stackalloc double[Size];
        foreach (var segment in voice)
        {
            var parts = Math.Max(1, (int)Math.Round(segment.Length / (double)UnitFrames));
            for (var part = 0; part < parts; part++)
            {
                var span = new VoiceSegment(segment.FirstFrame + (segment.Length * part / parts), segment.FirstFrame + (segment.Length * (part + 1) / parts));
                var sum = new GaussianSum(Size);
                for (var t = span.FirstFrame; t < span.EndFrame; t++)
                {
                    if (track.Hz[t] is < VoiceActivity.LowestPitchHz or > VoiceActivity.HighestPitchHz) continue;

                    for (var c = 1; c < Cepstrum.Count; c++) vector[c - 1] = frames[t].Cepstrum[c];
                    vector[Size - 1] = Math.Log2(track.Hz[t]);
                    sum.Add(vector);
                }

                units.Add(new Unit(span, sum));
            }
        }

        return units;
    }

    private static List<Cluster> Merge(List<Unit> units, double[] prior)
    {
        var clusters = units.Where(unit => unit.Sum.Count >= LeastVoiced).Select(unit => new Cluster([unit], unit.Sum, unit.Sum.LogDeterminant(prior, PriorCount))).ToList();
        var gains = new Dictionary<(Cluster, Cluster), double>();
        while (clusters.Count > 1)
        {
            var best = (A: clusters[0], B: clusters[1], Distance: double.PositiveInfinity);
            for (var i = 0; i < clusters.Count; i++)
            {
                for (var j = i + 1; j < clusters.Count; j++)
                {
                    var pair = (clusters[i], clusters[j]);
                    if (!gains.TryGetValue(pair, out var distance)) gains[pair] = distance = Distance(pair.Item1, pair.Item2, prior);
                    if (distance < best.Distance) best = (pair.Item1, pair.Item2, distance);
                }
            }

            if (best.Distance > 0) break;

            var sum = GaussianSum.Join(best.A.Sum, best.B.Sum);
            clusters.Remove(best.A);
            clusters.Remove(best.B);
            clusters.Add(new Cluster([.. best.A.Units, .. best.B.Units], sum, sum.LogDeterminant(prior, PriorCount)));
        }

        return clusters;
    }

    /// <summary>Difference of the BIC of two speakers and of one; positive where two explain more.</summary>
    private static double Distance(Cluster a, Cluster b, double[] prior)
    {
        var joined = GaussianSum.Join(a.Sum, b.Sum);
        var gain = 0.5 * ((joined.Count * joined.LogDeterminant(prior, PriorCount)) - (a.Sum.Count * a.LogDeterminant) - (b.Sum.Count * b.LogDeterminant));
        const double Parameters = Size + (Size * (Size + 1) / 2.0);
        return gain - (Penalty * 0.5 * Parameters * Math.Log(joined.Count));
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

    private static Cluster Nearest(Unit unit, List<Unit> units, List<Cluster> clusters, double[] prior)
    {
        if (clusters.Count == 0) clusters.Add(new Cluster([], unit.Sum, 0));
        if (clusters.Count == 1) return clusters[0];

        // Too little voice to tell: whoever speaks nearest in time.
        if (unit.Sum.Count < LeastVoiced)
        {
            var middle = unit.Span.FirstFrame + unit.Span.EndFrame;
            var neighbour = units.Where(other => clusters.Any(cluster => cluster.Units.Contains(other)))
                .MinBy(other => Math.Abs(other.Span.FirstFrame + other.Span.EndFrame - middle));
            return clusters.First(cluster => cluster.Units.Contains(neighbour!));
        }

        var own = new Cluster([unit], unit.Sum, unit.Sum.LogDeterminant(prior, PriorCount));
        return clusters.MinBy(cluster => Distance(own, cluster, prior))!;
    }

    private static List<SpeakerTurn> Turns(List<Unit> units, List<Cluster> clusters)
    {
        var numbers = new Dictionary<Cluster, int>();
        var turns = new List<SpeakerTurn>();
        foreach (var unit in units)
        {
            var cluster = clusters.First(candidate => candidate.Units.Contains(unit));
            if (!numbers.TryGetValue(cluster, out var number)) numbers[cluster] = number = numbers.Count;
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

    private sealed record Unit(VoiceSegment Span, GaussianSum Sum);

    private sealed class Cluster(List<Unit> units, GaussianSum sum, double logDeterminant)
    {
        public List<Unit> Units { get; } = units;

        public GaussianSum Sum { get; } = sum;

        public double LogDeterminant { get; } = logDeterminant;

        public int Frames => Units.Sum(unit => unit.Span.Length);
    }
}
