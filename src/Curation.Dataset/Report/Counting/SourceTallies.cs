using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Curation.Dataset.Report.Counting;

/// <summary>
/// Counts clips by source. A source costs 16 bytes under a 64-bit name made from its address; the addresses themselves are
/// kept only for the sources that lead. Counts only grow, so a source that ends among the first is a candidate when
/// its last clip comes, whatever the order of the rows.
/// </summary>
internal sealed class SourceTallies
{
    private const int Candidates = 64;

    private readonly Dictionary<ulong, Tally> _tallies = [];
    private readonly Dictionary<ulong, string> _addresses = [];
    private string? _lastAddress;
    private ulong _lastName;
    private (int Rejected, ulong Name) _threshold;

    /// <summary>Sources with at least one clip.</summary>
    public int Count => _tallies.Count;

    /// <summary>Counts one clip.</summary>
    public void Add(string address, bool rejected)
    {
        if (!string.Equals(address, _lastAddress, StringComparison.Ordinal))
        {
            _lastAddress = address;
            _lastName = NameOf(address);
        }

        var tally = _tallies.GetValueOrDefault(_lastName);
        tally = new Tally(tally.Clips + 1, tally.Rejected + (rejected ? 1 : 0));
        _tallies[_lastName] = tally;
        if (rejected) Consider(_lastName, tally, address);
    }

    /// <summary>The sources that lost the most clips.</summary>
    /// <param name="count">How many at most; up to 64.</param>
    public IReadOnlyList<(string Address, int Clips, int Rejected)> MostRejected(int count) =>
        [.. _addresses
            .Select(pair => (Name: pair.Key, Address: pair.Value, Tally: _tallies[pair.Key]))
            .OrderByDescending(entry => (entry.Tally.Rejected, entry.Name))
            .Take(count)
            .Select(entry => (entry.Address, entry.Tally.Clips, entry.Tally.Rejected))];

    private void Consider(ulong name, Tally tally, string address)
    {
        if (_addresses.ContainsKey(name)) return;
        if (_addresses.Count >= Candidates)
        {
            if ((tally.Rejected, name).CompareTo(_threshold) <= 0) return;

            _threshold = _addresses.Keys.Min(key => (_tallies[key].Rejected, key));
            if ((tally.Rejected, name).CompareTo(_threshold) <= 0) return;

            _addresses.Remove(_threshold.Name);
        }

        _addresses.Add(name, address);
    }

    private static ulong NameOf(string address) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(address)));

    private readonly record struct Tally(int Clips, int Rejected);
}
