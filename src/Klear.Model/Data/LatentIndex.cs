namespace Klear.Model.Data;

/// <summary>The content of a cache's <c>latents.json</c>.</summary>
internal sealed record LatentIndex
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "latents.json";

    /// <summary>The only format so far.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required LatentIdentity Identity { get; init; }

    public required LatentScale VideoScale { get; init; }

    public required LatentScale AudioScale { get; init; }

    public required IReadOnlyList<LatentEntry> Entries { get; init; }

    public required IReadOnlyList<LeftOutClip> LeftOut { get; init; }
}
