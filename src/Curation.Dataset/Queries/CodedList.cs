using System.Collections;

namespace Curation.Dataset.Queries;

/// <summary>A column of few different values, a byte a row.</summary>
/// <param name="rows">How many rows; all hold the first value at the start.</param>
/// <param name="values">The values there are.</param>
/// <typeparam name="T">Kind of value.</typeparam>
internal sealed class CodedList<T>(int rows, params T[] values) : IReadOnlyList<T>
{
    private readonly byte[] _codes = new byte[rows];

    /// <inheritdoc />
    public int Count => _codes.Length;

    /// <inheritdoc />
    public T this[int index] => values[_codes[index]];

    /// <summary>Writes one row.</summary>
    /// <param name="row">Which.</param>
    /// <param name="place">The value's place among those there are.</param>
    public void Set(int row, int place) => _codes[row] = checked((byte)place);

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator()
    {
        foreach (var code in _codes) yield return values[code];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
