namespace Curation.Dataset.Storage;

/// <summary>A file under a temporary name until it is committed.</summary>
internal sealed class LocalStagedWrite : StagedWrite
{
    private const int BufferBytes = 128 * 1024;

    private readonly string _temporary;
    private readonly string _target;
    private readonly string _path;
    private readonly FileStream _file;
    private bool _committed;

    public LocalStagedWrite(string temporary, string target, string path)
    {
        _temporary = temporary;
        _target = target;
        _path = path;
        _file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous);
    }

    public override Stream Stream => _file;

    public override async ValueTask CommitAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
            _file.Flush(flushToDisk: true);
            await _file.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();

            var folder = Path.GetDirectoryName(_target)!;
            Directory.CreateDirectory(folder);
            File.Move(_temporary, _target, overwrite: true);
            _committed = true;
            DirectorySync.Flush(folder);
        }
        catch (IOException error)
        {
            throw StorageFailure.Explain(error, _path, _target);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_committed) return;

        try
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Flushing the rest may fail again on a full disk; the file is thrown away in any case.
        }

        File.Delete(_temporary);
    }
}
