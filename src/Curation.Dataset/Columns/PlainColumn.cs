using Parquet;
using Parquet.Schema;

namespace Curation.Dataset.Columns;

/// <summary>A column with one value a row.</summary>
internal sealed class PlainColumn<TRow>(Leaf<TRow> leaf) : Column<TRow>
{
    public override Field Field => leaf.Field;

    public override void Add(TRow row) => leaf.Add(row, 0);

    public override Task FlushAsync(ParquetRowGroupWriter writer, CancellationToken cancellationToken) => leaf.FlushAsync(writer, cancellationToken);
}
