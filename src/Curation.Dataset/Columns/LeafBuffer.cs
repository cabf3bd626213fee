using System.Buffers;
using Parquet;
using Parquet.Schema;

namespace Curation.Dataset.Columns;

/// <summary>One leaf of a row group being collected: packed values with their definition and repetition levels (Dremel encoding).</summary>
/// <typeparam name="T">What Parquet.Net stores: double, int, or the characters of a text.</typeparam>
internal sealed class LeafBuffer<T>(DataField field)
    where T : struct
{
    private readonly ArrayBufferWriter<T> _values = new();
    private readonly ArrayBufferWriter<int> _definitions = new();
    private readonly ArrayBufferWriter<int> _repetitions = new();

    /// <summary>Adds a value that is present.</summary>
    public void Add(T value, int definition, int repetition)
    {
        Push(_values, value);
        AddLevels(definition, repetition);
    }

    /// <summary>Adds the place of a value that is absent, down to the level that still exists.</summary>
    public void AddLevels(int definition, int repetition)
    {
        Push(_definitions, definition);
        Push(_repetitions, repetition);
    }

    /// <summary>Writes the column and starts anew.</summary>
    public async Task FlushAsync(ParquetRowGroupWriter writer, CancellationToken cancellationToken)
    {
        // "Memory or null" without the type would be an empty memory: null converts by way of an array.
        var definitions = field.MaxDefinitionLevel > 0 ? _definitions.WrittenMemory : default(ReadOnlyMemory<int>?);
        var repetitions = field.MaxRepetitionLevel > 0 ? _repetitions.WrittenMemory : default(ReadOnlyMemory<int>?);
        await writer.WriteAllPartsAsync(field, _values.WrittenMemory, definitions, repetitions, cancellationToken).ConfigureAwait(false);

        // Cleared, not only reset: what stays behind would keep the texts of the last row group alive.
        _values.Clear();
        _definitions.ResetWrittenCount();
        _repetitions.ResetWrittenCount();
    }

    private static void Push<TItem>(ArrayBufferWriter<TItem> buffer, TItem item)
    {
        buffer.GetSpan(1)[0] = item;
        buffer.Advance(1);
    }
}
