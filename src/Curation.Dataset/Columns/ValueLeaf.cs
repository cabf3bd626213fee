using Parquet;
using Parquet.Schema;

namespace Curation.Dataset.Columns;

/// <summary>A leaf of one stored type.</summary>
internal sealed class ValueLeaf<TItem, T>(DataField field, Func<TItem, T?> get) : Leaf<TItem>(field)
    where T : struct
{
    /// <summary>In a three-level list the empty list is defined, its repeated group is not.</summary>
    private const int EmptyListDefinition = 1;

    private readonly LeafBuffer<T> _buffer = new(field);

    public override void Add(TItem item, int repetition)
    {
        var most = Field.MaxDefinitionLevel;
        if (get(item) is { } value)
        {
            _buffer.Add(value, most, repetition);
            return;
        }

        if (!Field.IsNullable) throw new InvalidOperationException($"Column {Field.Path} may not be null.");

        _buffer.AddLevels(most - 1, repetition);
    }

    public override void AddEmptyList() => _buffer.AddLevels(EmptyListDefinition, 0);

    public override Task FlushAsync(ParquetRowGroupWriter writer, CancellationToken cancellationToken) => _buffer.FlushAsync(writer, cancellationToken);
}
