using Curation.Dataset.Exporting;

namespace Curation.Silo.Commands;

/// <summary>What the user asked of <c>curate export</c>.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Format">For whose readers.</param>
/// <param name="Output">The folder to write.</param>
/// <param name="Splits">Names of splits; empty for all.</param>
/// <param name="ShardMegabytes">The most millions of bytes of one tar.</param>
/// <param name="Json">Whether one JSON object is printed.</param>
internal sealed record ExportArguments(string Dataset, ExportFormat Format, string Output, IReadOnlyList<string> Splits, int ShardMegabytes, bool Json);
