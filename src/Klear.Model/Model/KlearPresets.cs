namespace Klear.Model.Model;

/// <summary>Shapes with a name.</summary>
public static class KlearPresets
{
    private static readonly Dictionary<string, KlearConfig> ByName = new(StringComparer.Ordinal)
    {
        // Trains on two CPU cores in minutes, with the codecs and the text embedding that need no files. Their tokens have more channels than it has width.
        ["nano"] = new() { Layers = 6, Hidden = 192, Heads = 3, PredictsData = true },

        // The codecs of these are Wan2.2's and MMAudio's, the text encoder Qwen3-Embedding's smallest (1024 wide). Speech has the paper's path of its own, 1024 wide.
        ["100m"] = new() { Layers = 14, Hidden = 384, Heads = 6, VideoChannels = 48, AudioChannels = 40, TextWidth = 1024, TextBuckets = 0, SpeechWidth = 1024 },
        ["1b"] = new() { Layers = 20, Hidden = 1024, Heads = 8, VideoChannels = 48, AudioChannels = 40, TextWidth = 1024, TextBuckets = 0, SpeechWidth = 1024 },

        // The paper: 32 layers, 26 B parameters; a width of 4096 with a fourfold feed-forward and weights for each stream gives that.
        // Qwen3-8B-Embedding is 4096 wide. 16 channels at 4x8x8 with 2x2 cells a token is the paper's first reading of the video codec.
        ["26b"] = new() { Layers = 32, Hidden = 4096, Heads = 32, VideoChannels = 16, Patch = 2, AudioChannels = 40, TextWidth = 4096, TextBuckets = 0, SpeechWidth = 1024 },
    };

    /// <summary>The names, smallest model first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["nano", "100m", "1b", "26b"];

    /// <summary>The shape of a name, with or without <c>klear-</c> before it.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists them.</exception>
    public static KlearConfig Get(string name) =>
        ByName.TryGetValue(name.StartsWith("klear-", StringComparison.Ordinal) ? name["klear-".Length..] : name, out var config)
            ? config
            : throw new ArgumentException($"'{name}' is no preset; there are {string.Join(", ", Names)}", nameof(name));
}
