namespace Curation.Dataset.Tests;

/// <summary>Tests that measure the memory of the process, so that no other may run beside them.</summary>
[CollectionDefinition(nameof(MeasuresMemory), DisableParallelization = true)]
public sealed class MeasuresMemory;
