using Curation.Clips;

namespace Curation.Dataset.Columns;

/// <summary>The columns of <c>quarantine</c>.</summary>
internal static class QuarantineColumns
{
    /// <summary>Fresh columns, ready to collect.</summary>
    public static IReadOnlyList<Column<QuarantineRecord>> Create() =>
    [
        new PlainColumn<QuarantineRecord>(Leaf<QuarantineRecord>.Text("source_uri", record => record.SourceUri, nullable: false)),
        new PlainColumn<QuarantineRecord>(Leaf<QuarantineRecord>.Text("source_sha256", record => record.SourceSha256)),
        new PlainColumn<QuarantineRecord>(Leaf<QuarantineRecord>.Long("size_bytes", record => record.SizeBytes)),
        new PlainColumn<QuarantineRecord>(Leaf<QuarantineRecord>.Text("stage", record => record.Stage, nullable: false)),
        new PlainColumn<QuarantineRecord>(Leaf<QuarantineRecord>.Text("reason", record => record.Reason, nullable: false)),
    ];
}
