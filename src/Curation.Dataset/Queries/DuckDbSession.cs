using System.Data.Common;
using Curation.Dataset.Storage;
using DuckDB.NET.Data;

namespace Curation.Dataset.Queries;

/// <summary>DuckDB in this process, for questions over Parquet files. It downloads nothing.</summary>
internal sealed class DuckDbSession : IAsyncDisposable
{
    private readonly DuckDBConnection _connection;

    private DuckDbSession(DuckDBConnection connection) => _connection = connection;

    /// <summary>Starts a session.</summary>
    /// <param name="options">What it may take.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static Task<DuckDbSession> OpenAsync(QueryOptions options, CancellationToken cancellationToken) => OpenAsync(options, ":memory:", cancellationToken);

    /// <summary>Starts a session over a file of DuckDB's own.</summary>
    /// <param name="options">What it may take.</param>
    /// <param name="file">Full path; made where it is not there.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static Task<DuckDbSession> OpenAsync(QueryOptions options, string file, CancellationToken cancellationToken) => StartAsync(
        file,
        $"""
        SET autoinstall_known_extensions = false;
        SET autoload_known_extensions = false;
        SET threads = {options.Threads};
        SET memory_limit = '{options.MemoryMegabytes}MB';
        SET temp_directory = {SqlText.Quote(options.SpillFolder)};
        SET enable_progress_bar = false;
        """,
        cancellationToken);

    /// <summary>Another session over a file that a session of this process has open; it shares that one's settings.</summary>
    /// <param name="file">Full path.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static Task<DuckDbSession> JoinAsync(string file, CancellationToken cancellationToken) => StartAsync(file, null, cancellationToken);

    /// <summary>Runs statements that give no rows.</summary>
    /// <exception cref="DatasetException">DuckDB refuses, for instance because a file is damaged.</exception>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            var command = Command(sql);
            await using (command.ConfigureAwait(false)) await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DuckDBException error)
        {
            throw new DatasetException($"The data set cannot be queried: {error.Message}", error);
        }
    }

    /// <summary>Runs a query and hands out its rows one by one.</summary>
    /// <exception cref="DatasetException">DuckDB refuses.</exception>
    public async Task ReadAsync(string sql, Action<DbDataReader> row, CancellationToken cancellationToken)
    {
        try
        {
            var command = Command(sql);
            await using (command.ConfigureAwait(false))
            {
                var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) row(reader);
                }
            }
        }
        catch (DuckDBException error)
        {
            throw new DatasetException($"The data set cannot be queried: {error.Message}", error);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<DuckDbSession> StartAsync(string place, string? settings, CancellationToken cancellationToken)
    {
        var connection = new DuckDBConnection($"DataSource={place}");
        var session = new DuckDbSession(connection);
        var opened = false;
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (settings is not null) await session.ExecuteAsync(settings, cancellationToken).ConfigureAwait(false);
            opened = true;
            return session;
        }
        finally
        {
            if (!opened) await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    private DuckDBCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.UseStreamingMode = true;
#pragma warning disable CA2100 // Every name and value in it is quoted by SqlText.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
