namespace Curation.Pipeline.Scratch;

/// <summary>Where a silo keeps files for a while, and how many bytes of them.</summary>
public sealed record ScratchOptions
{
    /// <summary>A folder of this machine's; every process takes a folder of its own in it.</summary>
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), $"curate-scratch-{Environment.UserName}");

    /// <summary>Bytes that downloads, time lines and clips being cut may take together; 64 GiB. Uncalibrated: one hour of 4K is about 20 GiB.</summary>
    public long Bytes { get; init; } = 64L << 30;
}
