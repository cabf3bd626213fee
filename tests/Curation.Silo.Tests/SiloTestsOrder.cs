using Curation.Silo.Tests;
using Curation.Silo.Tests.EndToEnd;
using Curation.Tests;

[assembly: TestCollectionOrderer(typeof(SiloTestsOrder))]

namespace Curation.Silo.Tests;

/// <summary>The classes of this project that take 30 s and more.</summary>
internal sealed class SiloTestsOrder() : LongestFirst(
    nameof(ClusterTests), nameof(CrashTests), nameof(ChaosTests), nameof(ModelsTests), nameof(RerunTests), nameof(ScheduleCommandTests), nameof(RealClipsTests), nameof(QuickstartTests), nameof(FullDiskTests));
