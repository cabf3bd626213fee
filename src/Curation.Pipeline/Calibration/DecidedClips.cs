namespace Curation.Pipeline.Calibration;

/// <summary>The clips that the bounds of movable limits decide on.</summary>
/// <param name="Rows">Their rows.</param>
/// <param name="Left">Why the others are not among them, in words.</param>
internal sealed record DecidedClips(int[] Rows, IReadOnlyList<string> Left)
{
    /// <summary>Leaves out every clip that cannot pass whatever the movable bounds are.</summary>
    public static DecidedClips Of(CalibrationBasis basis)
    {
        var table = basis.Table;
        var left = new bool[table.Rows];
        var reasons = new List<string>();
        Leave("too short", row => table.TooShort[row]);
        foreach (var column in table.Columns)
        {
            var limit = column.Limit;
            if (!column.OnlyHolds) Leave($"without {limit.Name}, which the policy asks for", row => column.Standings[row] is Standing.Held or Standing.Rejected);
            if (basis.WhyNot(column) is not null) Leave($"outside {limit.Name} {limit.Describe()}, which is not moved", row => column.Standings[row] == Standing.Judged && !limit.Allows(column.Values[row]));
        }

        return new DecidedClips([.. Enumerable.Range(0, left.Length).Where(row => !left[row])], reasons);

        void Leave(string why, Predicate<int> leaves)
        {
            var count = 0;
            for (var row = 0; row < left.Length; row++)
            {
                if (left[row] || !leaves(row)) continue;

                left[row] = true;
                count++;
            }

            if (count > 0) reasons.Add($"{CalibrationBasis.Count(count, "clip")} {why}");
        }
    }

    /// <summary>The ways of the limits that may be moved, by their place in the policy.</summary>
    public SortedDictionary<int, LimitTrack> Tracks(CalibrationBasis basis)
    {
        var tracks = new SortedDictionary<int, LimitTrack>();
        for (var place = 0; place < basis.Table.Columns.Count; place++)
        {
            var column = basis.Table.Columns[place];
            if (basis.WhyNot(column) is not null) continue;

            var values = Array.ConvertAll(Rows, row => column.Standings[row] == Standing.Judged ? column.Values[row] : double.NaN);
            var track = new LimitTrack(column.Limit, values);
            if (track.Count > 0) tracks.Add(place, track);
        }

        return tracks;
    }
}
