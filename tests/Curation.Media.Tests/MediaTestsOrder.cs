using Curation.Media.Tests;
using Curation.Media.Tests.Analysis;
using Curation.Media.Tests.Cutting;
using Curation.Media.Tests.Probing;
using Curation.Media.Tests.Reading;
using Curation.Media.Tests.Samples;
using Curation.Tests;

[assembly: TestCollectionOrderer(typeof(MediaTestsOrder))]

namespace Curation.Media.Tests;

/// <summary>The classes of this project that take 10 s and more.</summary>
internal sealed class MediaTestsOrder() : LongestFirst(
    nameof(SampleVideosTests), nameof(ClipCutterContractTests), nameof(ClipReaderTimingTests), nameof(AnalysisStreamTests), nameof(ClipCutterTests), nameof(MediaProbeTests), nameof(ClipReaderPictureTests));
