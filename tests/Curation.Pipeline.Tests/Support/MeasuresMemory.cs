namespace Curation.Pipeline.Tests.Support;

/// <summary>Tests that look at the memory of the whole process run alone, after all others.</summary>
[CollectionDefinition(nameof(MeasuresMemory), DisableParallelization = true)]
public sealed class MeasuresMemory;
