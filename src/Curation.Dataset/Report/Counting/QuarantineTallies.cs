using Curation.Clips;

namespace Curation.Dataset.Report.Counting;

/// <summary>Quarantined sources by stage and reason, with a few addresses of each.</summary>
internal sealed class QuarantineTallies
{
    private const int AddressesPerReason = 5;
    private const int MostReasons = 256;
    private const string OtherReasons = "other reasons";

    private readonly Dictionary<(string Stage, string Reason), Group> _groups = [];

    /// <summary>All quarantined sources.</summary>
    public long Count { get; private set; }

    /// <summary>Counts one source.</summary>
    public void Add(QuarantineRecord record)
    {
        Count++;
        var key = (record.Stage, record.Reason);
        if (!_groups.TryGetValue(key, out var group))
        {
            if (_groups.Count >= MostReasons) key = (record.Stage, OtherReasons);
            if (!_groups.TryGetValue(key, out group)) _groups.Add(key, group = new Group());
        }

        group.Count++;
        group.Addresses.Add(record.SourceUri);
        if (group.Addresses.Count > AddressesPerReason) group.Addresses.Remove(group.Addresses.Max!);
    }

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<(string Stage, string Reason, long Count, IReadOnlyCollection<string> Addresses)> Ordered() =>
        [.. _groups
            .OrderByDescending(pair => pair.Value.Count)
            .ThenBy(pair => pair.Key.Stage, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Reason, StringComparer.Ordinal)
            .Select(pair => (pair.Key.Stage, pair.Key.Reason, pair.Value.Count, (IReadOnlyCollection<string>)pair.Value.Addresses))];

    private sealed class Group
    {
        public long Count { get; set; }

        public SortedSet<string> Addresses { get; } = new(StringComparer.Ordinal);
    }
}
