using System.Globalization;

namespace Curation.Models.Graphs;

/// <summary>One size in the declared shape of an input or an output: a number, or a name for a size chosen at run time.</summary>
public readonly record struct GraphSize
{
    private GraphSize(long value, string? name)
    {
        Value = value;
        Name = name;
    }

    /// <summary>The size; -1 where it is chosen at run time.</summary>
    public long Value { get; }

    /// <summary>The name that equal run-time sizes share, such as <c>batch</c>; null for a fixed size.</summary>
    public string? Name { get; }

    /// <summary>A fixed size.</summary>
    /// <param name="value">0 or more.</param>
    public static implicit operator GraphSize(long value) => FromInt64(value);

    /// <summary>A size chosen at run time.</summary>
    /// <param name="name">Its name.</param>
    public static implicit operator GraphSize(string name) => FromString(name);

    /// <summary>A fixed size.</summary>
    /// <param name="value">0 or more.</param>
    /// <returns>The size.</returns>
    public static GraphSize FromInt64(long value) =>
        value >= 0 ? new GraphSize(value, null) : throw new ArgumentOutOfRangeException(nameof(value), value, "A size chosen at run time needs a name.");

    /// <summary>A size chosen at run time.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The size.</returns>
    public static GraphSize FromString(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new GraphSize(-1, name);
    }

    /// <inheritdoc/>
    public override string ToString() => Name ?? Value.ToString(CultureInfo.InvariantCulture);
}
