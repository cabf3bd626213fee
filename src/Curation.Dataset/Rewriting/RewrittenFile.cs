using Curation.Dataset.Snapshots;

namespace Curation.Dataset.Rewriting;

/// <summary>Rows of one table in a file of this machine, on their way into a shard.</summary>
/// <param name="Table">The table.</param>
/// <param name="File">Full path.</param>
/// <param name="Rows">How many.</param>
internal sealed record RewrittenFile(ShardTable Table, string File, long Rows);
