namespace Curation.Clips;

/// <summary>The names of the splits as they stand in policies, paths and rows.</summary>
public static class SplitNames
{
    private static readonly (Split Split, string Name)[] Names =
    [
        (Split.SingleSpeech, "single_speech"),
        (Split.MultiSpeech, "multi_speech"),
        (Split.Singing, "singing"),
        (Split.Sound, "sound"),
    ];

    /// <summary>Every name, in the order reports show them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Select(entry => entry.Name)];

    /// <summary>The name of a split.</summary>
    /// <param name="split">A split.</param>
    /// <returns>For example <c>single_speech</c>.</returns>
    public static string ToName(this Split split) => Names.First(entry => entry.Split == split).Name;

    /// <summary>The split with a name.</summary>
    /// <param name="name">For example <c>single_speech</c>.</param>
    /// <returns>Null where no split has the name.</returns>
    public static Split? Find(string name)
    {
        foreach (var entry in Names)
        {
            if (entry.Name == name) return entry.Split;
        }

        return null;
    }
}
