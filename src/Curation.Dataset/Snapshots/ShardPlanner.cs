using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Curation.Clips.Measuring;
using Curation.Dataset.Columns;
using Curation.Dataset.Fragments;

namespace Curation.Dataset.Snapshots;

/// <summary>Divides sources among shards, from their stamps alone.</summary>
/// <remarks>
/// A shard is named by what it holds, so an unchanged shard is recognised without reading it. Its end is chosen by the
/// names of sources, not by counting alone: a source that comes or goes changes the shard around it and leaves the others.
/// </remarks>
internal static class ShardPlanner
{
    private const int NameDigits = 24;

    /// <summary>One source in eight may end a shard.</summary>
    private const int EndMask = 7;

    // A measurement that joins the catalogue adds a column, and so other files.
    private static readonly string Layout = string.Join(',', MeasurementCatalog.All.Select(definition => definition.Name).Prepend(ClipColumns.Version));

    /// <summary>The shards of one table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="stamps">Every source that counts, in the order of rows.</param>
    /// <param name="options">Sizes.</param>
    public static IEnumerable<PlannedShard> Plan(ShardTable table, IReadOnlyList<SourceStamp> stamps, SnapshotOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (rows, last) = (0L, -1);
        for (var index = 0; index < stamps.Count; index++)
        {
            var stamp = stamps[index];
            var added = table.RowsOf(stamp.Summary);
            if (added == 0) continue;

            if (rows == 0) hash.AppendData(Encoding.UTF8.GetBytes($"{Layout}|{options.RowGroupRows}|{table.Folder}\n"));
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{stamp.Uri.Length}:{stamp.Uri}|{stamp.Summary.RowsSha256}\n")));
            (rows, last) = (rows + added, index);
            if (rows >= options.MaxShardRows || (rows >= options.MinShardRows && EndsShard(stamp.Uri)))
            {
                yield return Close();
                rows = 0;
            }
        }

        if (rows > 0) yield return Close();

        PlannedShard Close()
        {
            var name = Convert.ToHexStringLower(hash.GetHashAndReset())[..NameDigits];
            return new PlannedShard(table, string.Create(CultureInfo.InvariantCulture, $"{table.Folder}/part-{name}-{rows}.parquet"), rows, last);
        }
    }

    private static bool EndsShard(string uri) => (SHA256.HashData(Encoding.UTF8.GetBytes(uri))[0] & EndMask) == 0;
}
