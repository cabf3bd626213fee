using Parquet;
using Parquet.Schema;

namespace Curation.Dataset.Columns;

/// <summary>A column of a table, plain or a list of structs, that collects rows.</summary>
internal abstract class Column<TRow>
{
    /// <summary>Its place in the schema.</summary>
    public abstract Field Field { get; }

    /// <summary>Adds a row.</summary>
    public abstract void Add(TRow row);

    /// <summary>Writes what was added and starts anew.</summary>
    public abstract Task FlushAsync(ParquetRowGroupWriter writer, CancellationToken cancellationToken);
}
