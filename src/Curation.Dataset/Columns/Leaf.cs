using Parquet;
using Parquet.Schema;

namespace Curation.Dataset.Columns;

/// <summary>A column of values taken from items: rows, or the elements of a row's list.</summary>
/// <typeparam name="TItem">What a value is taken from.</typeparam>
internal abstract class Leaf<TItem>(DataField field)
{
    /// <summary>Bounds the memory where the texts differ after all.</summary>
    private const int MaximumLabels = 1024;

    /// <summary>The column.</summary>
    public DataField Field { get; } = field;

    /// <summary>Adds an item's value.</summary>
    public abstract void Add(TItem item, int repetition);

    /// <summary>Adds the place of a list without elements.</summary>
    public abstract void AddEmptyList();

    /// <summary>Writes what was added and starts anew.</summary>
    public abstract Task FlushAsync(ParquetRowGroupWriter writer, CancellationToken cancellationToken);

    /// <summary>A column of doubles.</summary>
    public static Leaf<TItem> Number(string name, Func<TItem, double?> get, bool nullable = true) =>
        new ValueLeaf<TItem, double>(new DataField<double>(name, nullable), get);

    /// <summary>A column of whole numbers.</summary>
    public static Leaf<TItem> Integer(string name, Func<TItem, int?> get, bool nullable = true) =>
        new ValueLeaf<TItem, int>(new DataField<int>(name, nullable), get);

    /// <summary>A column of large whole numbers.</summary>
    public static Leaf<TItem> Long(string name, Func<TItem, long?> get, bool nullable = true) =>
        new ValueLeaf<TItem, long>(new DataField<long>(name, nullable), get);

    /// <summary>A column of texts.</summary>
    public static Leaf<TItem> Text(string name, Func<TItem, string?> get, bool nullable = true) =>
        new ValueLeaf<TItem, ReadOnlyMemory<char>>(new DataField<string>(name, nullable), item => get(item)?.AsMemory());

    /// <summary>A column of texts of which few differ, such as names of methods: each is kept once, however many rows wait.</summary>
    public static Leaf<TItem> Label(string name, Func<TItem, string?> get, bool nullable = true)
    {
        var pool = new Dictionary<string, string>(StringComparer.Ordinal);
        return Text(name, item => get(item) is { } text ? Pooled(text) : null, nullable);

        string Pooled(string text)
        {
            if (pool.TryGetValue(text, out var known)) return known;

            if (pool.Count < MaximumLabels) pool.Add(text, text);
            return text;
        }
    }
}
