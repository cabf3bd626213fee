namespace Curation.Dataset.Columns;

/// <summary>One leaf of a row group as it was read: values with nulls, and where each row's values start.</summary>
/// <param name="Values">All values in order.</param>
/// <param name="Starts">For every row its first value; one more for the end. Null for plain columns, where row and value are the same.</param>
internal sealed record LeafData<T>(T[] Values, int[]? Starts);
