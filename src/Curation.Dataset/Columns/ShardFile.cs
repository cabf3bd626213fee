using System.IO.Compression;
using Curation.Dataset.Storage;
using Parquet;
using Parquet.Schema;

namespace Curation.Dataset.Columns;

/// <summary>One Parquet file being written, row group by row group.</summary>
/// <typeparam name="TRow">A clip or a quarantine record.</typeparam>
internal sealed class ShardFile<TRow> : IAsyncDisposable
{
    private readonly IReadOnlyList<Column<TRow>> _columns;
    private readonly StagedWrite _write;
    private readonly HashingStream _stream;
    private readonly int _rowGroupRows;
    private readonly ParquetWriter _writer;
    private int _pending;

    private ShardFile(IReadOnlyList<Column<TRow>> columns, StagedWrite write, HashingStream stream, ParquetWriter writer, int rowGroupRows)
    {
        _columns = columns;
        _write = write;
        _stream = stream;
        _writer = writer;
        _rowGroupRows = rowGroupRows;
    }

    /// <summary>Rows added so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Starts a file.</summary>
    public static async Task<ShardFile<TRow>> OpenAsync(IDatasetStore store, string path, IReadOnlyList<Column<TRow>> columns, int rowGroupRows, CancellationToken cancellationToken)
    {
        var write = await store.OpenWriteAsync(path, cancellationToken).ConfigureAwait(false);
        var stream = new HashingStream(write.Stream);

        // Snappy because every reader opens it, JavaScript ones without plug-ins too. The level is set because
        // Parquet.Net's default, SmallestSize, is many times slower with codecs that have levels.
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Snappy, CompressionLevel = CompressionLevel.Optimal };
        var schema = new ParquetSchema(columns.Select(column => column.Field));
        var writer = await ParquetWriter.CreateAsync(schema, stream, options, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new ShardFile<TRow>(columns, write, stream, writer, rowGroupRows);
    }

    /// <summary>Adds a row.</summary>
    public async ValueTask AddAsync(TRow row, CancellationToken cancellationToken)
    {
        foreach (var column in _columns) column.Add(row);
        Rows++;
        if (++_pending >= _rowGroupRows) await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the file and makes it visible.</summary>
    /// <returns>SHA-256 of the file.</returns>
    public async Task<string> CommitAsync(CancellationToken cancellationToken)
    {
        if (_pending > 0) await FlushAsync(cancellationToken).ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        var sha256 = _stream.Sha256();
        await _write.CommitAsync(cancellationToken).ConfigureAwait(false);
        return sha256;
    }

    /// <summary>Throws away what was not committed. The Parquet writer is left alone then: it would write a footer that nobody wants.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _write.DisposeAsync().ConfigureAwait(false);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        using var group = _writer.CreateRowGroup();
        foreach (var column in _columns) await column.FlushAsync(group, cancellationToken).ConfigureAwait(false);
        _pending = 0;
    }
}
