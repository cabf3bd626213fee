using System.Globalization;
using Curation.Dataset.Report.Counting;

namespace Curation.Dataset.Tests.Report.Counting;

public sealed class SourceTalliesTests
{
    [Fact]
    public void Most_rejected_are_found_among_many_in_any_order()
    {
        // Source n of 2,000 loses n clips of n + 1; the last ten lead.
        var rows = Enumerable.Range(1, 2000).SelectMany(source => Enumerable.Range(0, source + 1).Select(clip => (Source: source, Rejected: clip < source))).Where(row => row.Source % 50 == 0 || row.Source < 200).ToArray();
        new Random(5).Shuffle(rows);
        var tallies = new SourceTallies();
        foreach (var (source, rejected) in rows) tallies.Add(source.ToString(CultureInfo.InvariantCulture), rejected);

        Assert.Equal([2000, 1950, 1900, 1850, 1800], tallies.MostRejected(5).Select(entry => entry.Rejected));
        Assert.All(tallies.MostRejected(5), entry => Assert.Equal(entry.Rejected + 1, entry.Clips));
        Assert.Equal(199 + 37, tallies.Count);
    }
}
