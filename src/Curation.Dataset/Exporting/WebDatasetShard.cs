using System.Formats.Tar;
using System.Globalization;

namespace Curation.Dataset.Exporting;

/// <summary>One tar of a WebDataset. Every header is the same for the same content: no clock, no user and no mode of this machine is in it.</summary>
/// <remarks>USTAR, because indexed readers of WebDatasets walk plain headers and take PAX ones for samples. It holds files of up to 8 GiB.</remarks>
internal sealed class WebDatasetShard : IAsyncDisposable
{
    /// <summary>Tars are made of blocks: a header takes one, content is filled up to whole ones.</summary>
    private const int BlockBytes = 512;

    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly ExportFile _file;
    private readonly TarWriter _tar;

    public WebDatasetShard(ExportFolder folder, string split, int number)
    {
        Split = split;
        Name = string.Create(CultureInfo.InvariantCulture, $"{split}-{number:000000}.tar");
        _file = folder.Create(Name);
        _tar = new TarWriter(_file.Stream, TarEntryFormat.Ustar, leaveOpen: true);
    }

    public string Name { get; }

    public string Split { get; }

    /// <summary>Clips in it.</summary>
    public long Samples { get; private set; }

    /// <summary>Bytes so far; at the end of a tar stand two empty blocks more.</summary>
    public long Bytes => _file.Bytes;

    /// <summary>Bytes that files of these lengths take.</summary>
    public static long BytesOf(params ReadOnlySpan<long> lengths)
    {
        long bytes = 0;
        foreach (var length in lengths) bytes += BlockBytes + ((length + BlockBytes - 1) / BlockBytes * BlockBytes);
        return bytes;
    }

    /// <summary>Adds the files of one clip, one behind the other: readers know by that where a sample ends.</summary>
    /// <param name="key">The clip's name.</param>
    /// <param name="media">Read to its end.</param>
    /// <param name="row">Its row.</param>
    /// <param name="caption">Its caption.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task AddAsync(string key, Stream media, ReadOnlyMemory<byte> row, ReadOnlyMemory<byte> caption, CancellationToken cancellationToken)
    {
        await AddAsync($"{key}.mp4", media, cancellationToken).ConfigureAwait(false);
        await AddAsync($"{key}.json", new MemoryStream(row.ToArray(), writable: false), cancellationToken).ConfigureAwait(false);
        await AddAsync($"{key}.txt", new MemoryStream(caption.ToArray(), writable: false), cancellationToken).ConfigureAwait(false);
        Samples++;
    }

    /// <summary>Ends the tar.</summary>
    /// <returns>What the index says of it.</returns>
    public async Task<WebDatasetShardInfo> CommitAsync(CancellationToken cancellationToken)
    {
        await _tar.DisposeAsync().ConfigureAwait(false);
        return new WebDatasetShardInfo(Name, Split, Samples, Bytes, await _file.CommitAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Closes the file. The writer of the tar is left alone: it would end a tar that nobody wants.</summary>
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private Task AddAsync(string name, Stream content, CancellationToken cancellationToken) => _tar.WriteEntryAsync(
        new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            ModificationTime = DateTimeOffset.UnixEpoch,
            Mode = Mode,
            Uid = 0,
            Gid = 0,
            UserName = "",
            GroupName = "",
            DataStream = content,
        },
        cancellationToken);
}
