using System.Buffers.Binary;
using Azure.Storage.Blobs.Specialized;

namespace Curation.Dataset.Storage.Blobs;

/// <summary>A blob whose blocks are sent but not committed: nobody sees them, and the store throws away after a week what is never committed.</summary>
/// <remarks>A blob of one block is sent only with the commit.</remarks>
internal sealed class BlobStagedWrite : StagedWrite
{
    /// <summary>With at most 50,000 blocks of a blob, this bounds one to 400 GiB.</summary>
    private const int BlockBytes = 8 * 1024 * 1024;

    private const int MaximumBlocks = 50_000;

    private readonly BlockBlobClient _blob;
    private readonly BlobAddress _address;
    private readonly BlobBlockStream _stream;

    // Two writers of one blob must not commit each other's blocks, and all names of a blob's blocks have the same length.
    private readonly byte[] _writer = Guid.NewGuid().ToByteArray();
    private readonly List<string> _blocks = [];

    public BlobStagedWrite(BlockBlobClient blob, BlobAddress address)
    {
        _blob = blob;
        _address = address;
        _stream = new BlobBlockStream(BlockBytes, StageAsync);
    }

    public override Stream Stream => _stream;

    public override async ValueTask CommitAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_blocks.Count > 0 && !_stream.Rest.IsEmpty) await StageAsync(_stream.Rest, cancellationToken).ConfigureAwait(false);

        try
        {
            if (_blocks.Count > 0)
            {
                await _blob.CommitBlockListAsync(_blocks, options: null, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                using var content = BinaryData.FromBytes(_stream.Rest).ToStream();
                await _blob.UploadAsync(content, options: null, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (BlobFailure.Is(error, cancellationToken))
        {
            throw BlobFailure.Explain(error, "written", _address);
        }

        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task StageAsync(ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        if (_blocks.Count == MaximumBlocks) throw new DatasetException($"{_address} was not written: it is larger than {(long)MaximumBlocks * BlockBytes} bytes.");

        var name = NameOf(_blocks.Count);
        try
        {
            using var content = BinaryData.FromBytes(block).ToStream();
            await _blob.StageBlockAsync(name, content, options: null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (BlobFailure.Is(error, cancellationToken))
        {
            throw BlobFailure.Explain(error, "written", _address);
        }

        _blocks.Add(name);
    }

    private string NameOf(int number)
    {
        Span<byte> name = stackalloc byte[20];
        _writer.CopyTo(name);
        BinaryPrimitives.WriteInt32BigEndian(name[16..], number);
        return Convert.ToBase64String(name);
    }
}
