using Parquet;
using Parquet.Schema;

namespace Curation.Dataset.Columns;

/// <summary>A column with a list of structs a row. A list is never null: an empty one says that there is nothing.</summary>
internal sealed class ListColumn<TRow, TItem> : Column<TRow>
{
    private readonly Func<TRow, IReadOnlyList<TItem>> _get;
    private readonly Leaf<TItem>[] _leaves;

    public ListColumn(string name, Func<TRow, IReadOnlyList<TItem>> get, params Leaf<TItem>[] leaves)
    {
        _get = get;
        _leaves = leaves;
        Field = new ListField(name, new StructField("element", [.. leaves.Select(leaf => (Field)leaf.Field)]));
    }

    public override Field Field { get; }

    public override void Add(TRow row)
    {
        var items = _get(row);
        foreach (var leaf in _leaves)
        {
            if (items.Count == 0) leaf.AddEmptyList();
            for (var index = 0; index < items.Count; index++) leaf.Add(items[index], index == 0 ? 0 : 1);
        }
    }

    public override async Task FlushAsync(ParquetRowGroupWriter writer, CancellationToken cancellationToken)
    {
        foreach (var leaf in _leaves) await leaf.FlushAsync(writer, cancellationToken).ConfigureAwait(false);
    }
}
