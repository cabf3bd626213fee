using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Curation.Pipeline.Sources;
using DuckDB.NET.Data;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>A data set as another program reads it: the manifest as JSON, the rows through DuckDB.</summary>
internal sealed class WrittenDataset(string root)
{
    public static IReadOnlyList<string> Tables { get; } = ["triplets", "held", "rejected", "quarantine"];

    /// <summary>The tables whose rows are clips.</summary>
    public static IReadOnlyList<string> ClipTables { get; } = ["triplets", "held", "rejected"];

    public string Root { get; } = root;

    public JsonElement Manifest => JsonDocument.Parse(File.ReadAllBytes(FullPath("dataset.json"))).RootElement;

    public string FullPath(string relative) => Path.Combine(Root, relative);

    public static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    /// <summary>The file name behind a row's <c>source_uri</c>.</summary>
    public static string NameOf(object? uri) => Path.GetFileName(SourceUri.ToPath((string)uri!.ToString()!)) ?? "";

    /// <summary>Shards of a table, in the manifest's order.</summary>
    public IReadOnlyList<string> Shards(string table) =>
        [.. Manifest.GetProperty("shards").EnumerateArray().Select(shard => shard.GetProperty("path").GetString()!).Where(path => path.StartsWith(table + "/", StringComparison.Ordinal))];

    /// <summary>All rows of a table; empty where it has no shard.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows(string table, string columns = "*") =>
        Shards(table).Count == 0 ? [] : Query($"SELECT {columns} FROM {From(table)}");

    /// <summary>All clips that are in a table of clips, with the table's name.</summary>
    public IReadOnlyList<(string Table, IReadOnlyDictionary<string, object?> Row)> Clips() =>
        [.. ClipTables.SelectMany(table => Rows(table).Select(row => (table, row)))];

    /// <summary>What DuckDB calls the rows of a table.</summary>
    public string From(string table) => Files(Shards(table).Select(FullPath));

    /// <summary>Runs a query; columns by name, nulls as null.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is made of this test's own paths.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        while (reader.Read())
        {
            var row = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var i = 0; i < reader.FieldCount; i++) row[reader.GetName(i)] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Fails unless both hold the same rows, every column of every table compared.</summary>
    public void AssertSameRows(WrittenDataset other)
    {
        foreach (var table in Tables)
        {
            var (here, there) = (Shards(table), other.Shards(table));
            Assert.True((here.Count == 0) == (there.Count == 0), $"{table} has {here.Count} shards here and {there.Count} there");
            if (here.Count == 0) continue;

            var (a, b) = (From(table), other.From(table));
            var counts = Query($"SELECT (SELECT count(*) FROM {a}) AS a, (SELECT count(*) FROM {b}) AS b")[0];
            var quarantined = string.Join("; ", Rows("quarantine", "source_uri, stage, reason").Select(row => $"{row["source_uri"]}: {row["stage"]}: {row["reason"]}"));
            Assert.True(Equals(counts["a"], counts["b"]), $"{table} has {counts["a"]} rows here and {counts["b"]} there; quarantined here: {quarantined}");
            var key = table == "quarantine" ? "source_uri" : "clip_id";
            var differing = Query($"SELECT {key} AS key FROM ((SELECT * FROM {a} EXCEPT SELECT * FROM {b}) UNION ALL (SELECT * FROM {b} EXCEPT SELECT * FROM {a}))");
            Assert.True(differing.Count == 0, $"{table}: rows differ: {string.Join(", ", differing.Select(row => row["key"]).Distinct())}");
        }
    }

    /// <summary>Fails where a file lies about that no reader should meet: half-written media or shards, or ones that nothing names.</summary>
    public void AssertNothingLeftOver()
    {
        string[] folders = ["clips", "triplets", "held", "rejected", "quarantine"];
        var present = folders.Select(FullPath).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
            .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal).ToList();
        var named = Tables.SelectMany(Shards).Concat(Rows("triplets", "media_path").Select(row => (string)row["media_path"]!)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(named, present);
    }

    private static string Files(IEnumerable<string> paths) =>
        string.Create(CultureInfo.InvariantCulture, $"read_parquet([{string.Join(", ", paths.Select(path => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'"))}], hive_partitioning = false)");
}
