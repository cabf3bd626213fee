using Curation.Clips;
using Curation.Dataset.Storage;
using Curation.Media;
using Curation.Media.Analysis;
using Curation.Media.Probing;
using Curation.Pipeline.Budgets;

namespace Curation.Pipeline.Browsing;

/// <summary>Decodes a clip again for people who look at it, and remembers the last ones.</summary>
/// <param name="files">Where clips are.</param>
/// <param name="probe">What a file is.</param>
/// <param name="stream">The decode.</param>
/// <param name="memory">What decoders may take.</param>
/// <param name="options">How many at once.</param>
public sealed class ClipCurveReader(ClipFiles files, MediaProbe probe, AnalysisStream stream, MemoryBudget memory, ClipCacheOptions options) : IDisposable
{
    private const int MostRemembered = 32;

    private static readonly AnalysisOptions Options = new() { DecoderThreads = 1 };

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turns = new(options.AtOnce);
    private readonly List<(string Key, Task<ClipCurves> Curves)> _remembered = [];

    /// <summary>The curves of a clip.</summary>
    /// <param name="store">The data set.</param>
    /// <param name="clip">The clip.</param>
    /// <param name="cancellationToken">Stops the waiting; a decode that was begun goes on for the next one who asks.</param>
    /// <returns>The curves, or null and why there are none.</returns>
    public async Task<(ClipCurves? Curves, string? Problem)> ReadAsync(IDatasetStore store, ClipRecord clip, CancellationToken cancellationToken)
    {
        var file = await files.FindAsync(store, clip, ClipView.Clip, cancellationToken);
        if (file.Path is not { } path) return (null, file.Problem);

        try
        {
            return (await Remembered($"{path}|{clip.MediaSha256}", () => DecodeAsync(path)).WaitAsync(cancellationToken), null);
        }
        catch (MediaException fault)
        {
            return (null, $"The clip cannot be analysed: {fault.Reason}.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();

    private Task<ClipCurves> Remembered(string key, Func<Task<ClipCurves>> make)
    {
        lock (_lock)
        {
            var at = _remembered.FindIndex(entry => entry.Key == key);
            var entry = at >= 0 && !_remembered[at].Curves.IsFaulted ? _remembered[at] : (key, Task.Run(make));
            if (at >= 0) _remembered.RemoveAt(at);
            _remembered.Add(entry);
            if (_remembered.Count > MostRemembered) _remembered.RemoveAt(0);
            return entry.Item2;
        }
    }

    private async Task<ClipCurves> DecodeAsync(string path)
    {
        await _turns.WaitAsync();
        try
        {
            var info = await probe.ProbeAsync(path, CancellationToken.None);
            var recorder = new CurveRecorder((info.Duration ?? TimeSpan.FromSeconds(20)).TotalSeconds);
            using var held = await memory.HoldAsync(MediaMemory.OfAnalysis(info.Video, Options.DecoderThreads), CancellationToken.None);
            return recorder.Complete(await stream.RunAsync(info, recorder, Options, CancellationToken.None));
        }
        finally
        {
            _turns.Release();
        }
    }
}
