using System.Collections;
using System.Globalization;

namespace Curation.Dataset.Queries;

/// <summary>A column of clip ids, 16 bytes a row: they are 32 hexadecimal digits. What is not is kept as it is.</summary>
/// <param name="rows">How many rows.</param>
internal sealed class IdList(int rows) : IReadOnlyList<string>
{
    private const string Digits = "x32";

    private readonly UInt128[] _numbers = new UInt128[rows];
    private readonly Dictionary<int, string> _others = [];

    /// <inheritdoc />
    public int Count => _numbers.Length;

    /// <inheritdoc />
    public string this[int index] => _others.GetValueOrDefault(index) ?? _numbers[index].ToString(Digits, CultureInfo.InvariantCulture);

    /// <summary>Writes one row.</summary>
    public void Set(int row, string id)
    {
        if (UInt128.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && number.ToString(Digits, CultureInfo.InvariantCulture) == id) _numbers[row] = number;
        else _others[row] = id;
    }

    /// <summary>Whether a row has an id.</summary>
    public bool Is(int row, string id) => _others.TryGetValue(row, out var other)
        ? other == id
        : UInt128.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && number == _numbers[row];

    /// <inheritdoc />
    public IEnumerator<string> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
