using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Curation.Dataset.Columns;

/// <summary>The leaves of one row group in memory, by path such as <c>words/list/element/text</c>.</summary>
internal sealed class RowGroupData
{
    private readonly Dictionary<string, LeafData<string?>> _texts = [];
    private readonly Dictionary<string, LeafData<double?>> _numbers = [];
    private readonly Dictionary<string, LeafData<long?>> _integers = [];

    private RowGroupData(int rows) => Rows = rows;

    /// <summary>Rows in the group.</summary>
    public int Rows { get; }

    /// <summary>Reads the leaves that are asked for.</summary>
    public static async Task<RowGroupData> LoadAsync(ParquetRowGroupReader reader, IEnumerable<DataField> fields, CancellationToken cancellationToken)
    {
        var data = new RowGroupData(checked((int)reader.RowCount));
        foreach (var field in fields)
        {
            var path = field.Path.ToString();
            if (field.ClrType == typeof(double))
            {
                data._numbers[path] = await ReadAsync<double, double?>(reader, field, data.Rows, value => value, cancellationToken).ConfigureAwait(false);
            }
            else if (field.ClrType == typeof(int))
            {
                data._integers[path] = await ReadAsync<int, long?>(reader, field, data.Rows, value => value, cancellationToken).ConfigureAwait(false);
            }
            else if (field.ClrType == typeof(long))
            {
                data._integers[path] = await ReadAsync<long, long?>(reader, field, data.Rows, value => value, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                data._texts[path] = await ReadAsync<ReadOnlyMemory<char>, string?>(reader, field, data.Rows, value => value.ToString(), cancellationToken).ConfigureAwait(false);
            }
        }

        return data;
    }

    /// <summary>A text, or null where the column is absent or empty.</summary>
    public string? Text(string column, int row) => _texts.TryGetValue(column, out var leaf) ? leaf.Values[row] : null;

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string column, int row) => Text(column, row) ?? throw new InvalidDataException($"column {column} is missing or null in row {row}");

    /// <summary>A number, or null.</summary>
    public double? Number(string column, int row) => _numbers.TryGetValue(column, out var leaf) ? leaf.Values[row] : null;

    /// <summary>A number that must be there.</summary>
    public double RequiredNumber(string column, int row) => Number(column, row) ?? throw new InvalidDataException($"column {column} is missing or null in row {row}");

    /// <summary>A whole number, or null.</summary>
    public long? Integer(string column, int row) => _integers.TryGetValue(column, out var leaf) ? leaf.Values[row] : null;

    /// <summary>The elements of a row's list.</summary>
    /// <param name="list">Name of the list column.</param>
    /// <param name="required">A leaf of it that is never null.</param>
    /// <param name="row">The row.</param>
    /// <param name="create">Makes an element from the prefix of its leaves' paths and its index.</param>
    public IReadOnlyList<TItem> List<TItem>(string list, string required, int row, Func<string, int, TItem> create)
    {
        var prefix = $"{list}/list/element/";
        if (!_texts.TryGetValue(prefix + required, out var leaf) || leaf.Starts is null) return [];

        var (start, end) = (leaf.Starts[row], leaf.Starts[row + 1]);
        if (start == end) return [];

        var items = new TItem[end - start];
        for (var index = start; index < end; index++) items[index - start] = create(prefix, index);
        return items;
    }

    private static async Task<LeafData<TOut>> ReadAsync<T, TOut>(ParquetRowGroupReader reader, DataField field, int rows, Func<T, TOut> convert, CancellationToken cancellationToken)
        where T : struct
    {
        using var raw = await reader.ReadRawColumnDataBaseAsync(field, cancellationToken).ConfigureAwait(false);
        return Assemble((RawColumnData<T>)raw, field, rows, convert);
    }

    private static LeafData<TOut> Assemble<T, TOut>(RawColumnData<T> raw, DataField field, int rows, Func<T, TOut> convert)
        where T : struct
    {
        var packed = raw.Values;
        if (field.MaxDefinitionLevel == 0)
        {
            var plain = new TOut[rows];
            for (var row = 0; row < rows; row++) plain[row] = convert(packed[row]);
            return new LeafData<TOut>(plain, null);
        }

        var definitions = raw.DefinitionLevels;
        var isList = field.MaxRepetitionLevel > 0;
        var repetitions = isList ? raw.RepetitionLevels : default;
        var present = field.MaxDefinitionLevel;

        // Of a list of structs, an element exists from the struct's level on: the leaf's own, less one where it is nullable.
        var element = isList ? present - (field.IsNullable ? 1 : 0) : 0;
        var values = new List<TOut>(definitions.Length);
        var starts = isList ? new List<int>(rows + 1) : null;
        var next = 0;
        for (var index = 0; index < definitions.Length; index++)
        {
            if (isList && repetitions[index] == 0) starts!.Add(values.Count);
            if (definitions[index] == present) values.Add(convert(packed[next++]));
            else if (definitions[index] >= element) values.Add(default!);
        }

        starts?.Add(values.Count);
        return new LeafData<TOut>([.. values], starts?.ToArray());
    }
}
