namespace Curation.Pipeline.Calibration;

/// <summary>Looks for the places of limits at which a wanted number of clips pass.</summary>
/// <param name="tracks">The ways of the limits, by their place in the policy.</param>
/// <param name="clips">How many clips they decide on.</param>
internal sealed class RetentionSearch(SortedDictionary<int, LimitTrack> tracks, int clips)
{
    // Halving 1 this often ends below the spacing of doubles around any strength.
    private const int Halvings = 64;

    private readonly bool[] _turnedAway = new bool[clips];

    private Found _best = new(new Dictionary<int, LimitStep>(), 0, 0);
    private double _wanted;

    /// <summary>Finds the nearest places.</summary>
    /// <param name="wanted">How many clips should pass.</param>
    public Found Find(double wanted)
    {
        _wanted = wanted;
        var at = tracks.ToDictionary(track => track.Key, track => track.Value.Start);
        _best = new Found(new Dictionary<int, LimitStep>(at), Passing(at), 0);
        if (IsNearest(_best.Passing)) return _best;

        // Tightening makes fewer pass, loosening more.
        var sign = _best.Passing > wanted ? 1 : -1;
        var free = tracks.Keys.ToHashSet();
        var reached = 0.0;
        while (free.Count > 0 && !IsNearest(_best.Passing))
        {
            reached = Bisect(at, free, sign, reached, out var beyond);
            if (IsNearest(_best.Passing)) break;

            MoveTo(at, free, sign * reached);
            Consider(at, sign * reached);

            // From here on one by one: some step goes past what is wanted, and its limit stays.
            var stayed = false;
            foreach (var place in free.Order().ToList())
            {
                var here = at[place];
                at[place] = tracks[place].At(sign * beyond);
                if (at[place] == here || !IsPast(Consider(at, sign * reached), sign)) continue;

                at[place] = here;
                stayed |= free.Remove(place);
            }

            if (!stayed) break;
        }

        return _best;
    }

    // The furthest strength that does not go past what is wanted, and the nearest one that does.
    private double Bisect(Dictionary<int, LimitStep> at, HashSet<int> free, int sign, double from, out double beyond)
    {
        var trial = new Dictionary<int, LimitStep>(at);
        var (near, far) = (from, 1.0);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = near + ((far - near) / 2);
            if (middle == near || middle == far) break;

            MoveTo(trial, free, sign * middle);
            var passing = Consider(trial, sign * middle);
            if (IsNearest(passing)) break;
            if (IsPast(passing, sign)) far = middle;
            else near = middle;
        }

        beyond = far;
        return near;
    }

    private void MoveTo(Dictionary<int, LimitStep> steps, HashSet<int> free, double strength)
    {
        foreach (var place in free) steps[place] = tracks[place].At(strength);
    }

    // No number of clips is nearer, and of two equally near this is the larger.
    private bool IsNearest(int passing) => passing - _wanted is > -0.5 and <= 0.5;

    private bool IsPast(int passing, int sign) => sign * (_wanted - passing) > 0;

    private int Consider(Dictionary<int, LimitStep> steps, double strength)
    {
        var passing = Passing(steps);
        var (distance, best) = (Math.Abs(passing - _wanted), Math.Abs(_best.Passing - _wanted));
        if (distance < best || (distance == best && passing > _best.Passing)) _best = new Found(new Dictionary<int, LimitStep>(steps), passing, strength);
        return passing;
    }

    private int Passing(Dictionary<int, LimitStep> steps)
    {
        Array.Clear(_turnedAway);
        foreach (var (place, track) in tracks) track.Mark(steps[place], _turnedAway);
        return _turnedAway.AsSpan().Count(false);
    }

    /// <summary>Where the limits stand.</summary>
    /// <param name="Steps">Their places, by the limits' places in the policy.</param>
    /// <param name="Passing">How many clips pass.</param>
    /// <param name="Strength">How far the limits went that did not stay behind: -1..1.</param>
    internal sealed record Found(IReadOnlyDictionary<int, LimitStep> Steps, int Passing, double Strength);
}
