using Curation.Pipeline.Planning;
using Curation.Pipeline.Sources;

namespace Curation.Pipeline.Tests.Planning;

/// <summary>Samples whose forecasts can be worked out by hand.</summary>
internal static class MadePlans
{
    /// <summary>One stratum whose sizes nobody told, so that totals go by the number of sources.</summary>
    public static SampleDesign Design(long sources, int sampled) => new(StratumKind.Folder, 1, [Stratum("a", sources, sampled)], HasSizes: false, 0, []);

    public static Stratum Stratum(string name, long sources, int sampled) => new(name, sources, 0, [.. Enumerable.Range(0, sampled).Select(place => new SourceItem { Uri = Uri(name, place) })]);

    /// <summary>A source of the first stratum whose clips were rejected for silence where they were not retained as sound.</summary>
    public static SampledSource Source(int place, int clips, int retained) => new(Uri("a", place), 0)
    {
        Clips = clips,
        Retained = retained == 0 ? new Dictionary<string, int>() : new Dictionary<string, int> { ["sound"] = retained },
        RetainedSeconds = retained == 0 ? new Dictionary<string, double>() : new Dictionary<string, double> { ["sound"] = 4 * retained },
        Rejected = clips == retained ? new Dictionary<string, int>() : new Dictionary<string, int> { ["silence_ratio"] = clips - retained },
        MediaSeconds = 5 * clips,
        CoreSeconds = clips,
    };

    private static string Uri(string folder, int place) => SourceUri.FromPath($"/in/{folder}/{place}.mp4");
}
