namespace Curation.Filters.Duplicates;

/// <summary>Finds groups of clips that share picture, sound or both.</summary>
/// <remarks>
/// A group has a best clip, and each of the others was compared with that one and shares with it what the group says: likeness is not handed on
/// from clip to clip, so a row of clips that each overlap with the next does not become one group.
/// </remarks>
public static class DuplicateFinder
{
    /// <summary>Best clips of one heap of similar ones that each further clip is compared with. True copies have one; only heaps of the merely similar have more. Uncalibrated.</summary>
    private const int MostHeads = 200;

    /// <summary>Finds groups.</summary>
    /// <param name="table">The signatures.</param>
    /// <param name="preference">For each clip its place among all: the lower one is the better.</param>
    /// <param name="threads">Threads to take.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>First the groups of copies, then those of the best of them that share the picture or the sound alone; the better best clip first.</returns>
    public static IReadOnlyList<DuplicateGroup> Find(SignatureTable table, IReadOnlyList<int> preference, int threads, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(preference);
        if (preference.Count != table.Count) throw new ArgumentException($"There are {preference.Count} preferences for {table.Count} clips.", nameof(preference));

        var pairs = CandidatePairs.Find(table, threads, progress, cancellationToken);
        var known = pairs.ToDictionary(pair => (pair.First, pair.Second), pair => pair.Kind);
        var best = new Dictionary<int, int>();
        var groups = Group(DuplicateKind.Same, pairs.Where(pair => pair.Kind == DuplicateKind.Same).Select(pair => (pair.First, pair.Second)));
        foreach (var group in groups)
        {
            foreach (var other in group.Others) best[other] = group.Best;
        }

        // What is left once the copies are gone: a copy's likeness is its best one's.
        return
        [
            .. groups,
            .. Group(DuplicateKind.SamePicture, Between(DuplicateKind.SamePicture)),
            .. Group(DuplicateKind.SameSound, Between(DuplicateKind.SameSound)),
        ];

        IEnumerable<(int First, int Second)> Between(DuplicateKind kind) => pairs.Where(pair => pair.Kind == kind)
            .Select(pair => (First: best.GetValueOrDefault(pair.First, pair.First), Second: best.GetValueOrDefault(pair.Second, pair.Second)))
            .Where(pair => pair.First != pair.Second);

        List<DuplicateGroup> Group(DuplicateKind kind, IEnumerable<(int First, int Second)> edges)
        {
            var found = new List<DuplicateGroup>();
            foreach (var component in Components.Of(edges))
            {
                var heads = new List<(int Best, List<int> Others)>();
                foreach (var clip in component.OrderBy(clip => preference[clip]))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var home = heads.FindIndex(0, Math.Min(heads.Count, MostHeads), head => Relate(head.Best, clip) == kind);
                    if (home >= 0) heads[home].Others.Add(clip);
                    else heads.Add((clip, []));
                }

                found.AddRange(heads.Where(head => head.Others.Count > 0).Select(head => new DuplicateGroup(kind, head.Best, head.Others)));
            }

            return [.. found.OrderBy(group => preference[group.Best])];
        }

        DuplicateKind? Relate(int one, int other)
        {
            var pair = (Math.Min(one, other), Math.Max(one, other));
            return known.TryGetValue(pair, out var kind) ? kind : ClipMatch.Relate(table, one, other);
        }
    }
}
