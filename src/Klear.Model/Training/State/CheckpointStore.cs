using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Curation.Dataset.Storage;
using Curation.Models.Checkpoints;
using Klear.Model.Numerics;
using static TorchSharp.torch;

namespace Klear.Model.Training.State;

/// <summary>
/// The checkpoints of a run: folders <c>step-00001234</c> with the parameters, their average, the optimiser's moments and the run's state.
/// A folder appears whole or not at all: it is written under a temporary name, flushed, and renamed.
/// </summary>
/// <remarks>One process writes at a time. A step that is saved again replaces the one before.</remarks>
public sealed partial class CheckpointStore
{
    private const string Prefix = "step-";

    // A replaced folder keeps this name until the new one stands in its place.
    private const string ReplacedSuffix = ".replaced";

    // Headers, state, manifest and the file system's own needs.
    private const long SpareBytes = 16 << 20;

    private readonly string _root;
    private readonly int _keep;
    private readonly TimeProvider _time;
    private readonly Func<string, long> _freeBytes;

    /// <summary>Opens the checkpoints of a run.</summary>
    /// <param name="root">Their folder; it is made when one is saved.</param>
    /// <param name="keep">How many to keep, 1 or more; older ones are deleted once a newer one is whole.</param>
    /// <param name="time">Clock for the age of abandoned folders.</param>
    public CheckpointStore(string root, int keep = 3, TimeProvider? time = null)
        : this(root, keep, time, FreeBytes)
    {
    }

    internal CheckpointStore(string root, int keep, TimeProvider? time, Func<string, long> freeBytes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keep);
        (_root, _keep, _time, _freeBytes) = (Path.GetFullPath(root), keep, time ?? TimeProvider.System, freeBytes);
    }

    /// <summary>Saves a checkpoint and deletes those that are too many.</summary>
    /// <typeparam name="TState">What the run needs besides tensors (step, stage, random states, cursors); serialised as JSON.</typeparam>
    /// <param name="step">Steps taken, 0 or above.</param>
    /// <param name="tensors">What is saved; copied one by one.</param>
    /// <param name="state">The run's state.</param>
    /// <returns>The new checkpoint.</returns>
    /// <exception cref="IOException">The disk is too small or failed: nothing of this checkpoint is left, and those before are as they were.</exception>
    public StoredCheckpoint Save<TState>(long step, CheckpointTensors tensors, TState state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(state);

        Directory.CreateDirectory(_root);
        Recover();
        CheckSpace(step, tensors);
        var writing = Path.Combine(_root, TemporaryNames.Next());
        try
        {
            Write(writing, step, tensors, state);
            var checkpoint = new StoredCheckpoint(step, PathOf(step));
            PutInPlace(writing, checkpoint.Path);
            DeleteOld();
            return checkpoint;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The checkpoint of step {step} was not saved to {_root}: {error.Message} {LastGood()}", error);
        }
        finally
        {
            if (Directory.Exists(writing)) Directory.Delete(writing, recursive: true);
        }
    }

    /// <summary>Looks for the newest checkpoint that is whole; every byte of it is read.</summary>
    /// <returns>It, and the newer ones that were passed over with the reason.</returns>
    public CheckpointSearch FindNewest()
    {
        Recover();
        var skipped = new List<SkippedCheckpoint>();
        foreach (var checkpoint in NewestFirst())
        {
            if (CheckpointManifest.Fault(checkpoint.Path, checkpoint.Step, thorough: true) is not { } fault) return new CheckpointSearch(checkpoint, skipped);

            skipped.Add(new SkippedCheckpoint(checkpoint.Path, fault));
        }

        return new CheckpointSearch(null, skipped);
    }

    /// <summary>The checkpoint of one step; every byte of it is read.</summary>
    /// <param name="step">The step.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="CheckpointException">There is none, or it is damaged; the message lists the steps that there are.</exception>
    public StoredCheckpoint Find(long step)
    {
        Recover();
        var steps = NewestFirst().Select(checkpoint => checkpoint.Step).ToList();
        if (!steps.Contains(step)) throw new CheckpointException($"{_root} has no checkpoint of step {step}; it has {(steps.Count == 0 ? "none at all" : $"those of {string.Join(", ", steps)}")}");
        if (CheckpointManifest.Fault(PathOf(step), step, thorough: true) is { } fault) throw new CheckpointException($"{PathOf(step)} cannot be used: {fault}");

        return new StoredCheckpoint(step, PathOf(step));
    }

    /// <summary>The checkpoint in a folder; every byte of it is read.</summary>
    /// <param name="folder">A folder that a store made.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="CheckpointException">It is none, or it is damaged.</exception>
    public static StoredCheckpoint Open(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var path = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        if (FolderName().Match(Path.GetFileName(path)) is not { Success: true } name) throw new CheckpointException($"{folder} is no checkpoint: the folder of one is called {Prefix}00001234");

        var step = long.Parse(name.Groups["step"].Value, CultureInfo.InvariantCulture);
        if (CheckpointManifest.Fault(path, step, thorough: true) is { } fault) throw new CheckpointException($"{folder} cannot be used: {fault}");

        return new StoredCheckpoint(step, path);
    }

    private static long FreeBytes(string folder) => new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;

    private static void Write<TState>(string folder, long step, CheckpointTensors tensors, TState state)
    {
        Directory.CreateDirectory(folder);
        WriteTensors(Path.Combine(folder, StoredCheckpoint.ModelFile), step, tensors.Model);
        WriteTensors(Path.Combine(folder, StoredCheckpoint.AverageFile), step, tensors.Average);
        WriteTensors(Path.Combine(folder, StoredCheckpoint.OptimizerFile), step, tensors.Optimizer);
        using (var file = new FileStream(Path.Combine(folder, StoredCheckpoint.StateFile), FileMode.CreateNew, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, state, StoredCheckpoint.Json);
            file.Flush(flushToDisk: true);
        }

        CheckpointManifest.Describe(folder, step).Write(folder);
        DirectorySync.Flush(folder);
    }

    private static void WriteTensors(string path, long step, IReadOnlyDictionary<string, Tensor>? tensors)
    {
        if (tensors is null) return;

        SafetensorsWriter.Write(
            path,
            tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.ToInfo(), StringComparer.Ordinal),
            name => tensors[name].ToData(),
            new Dictionary<string, string> { ["format"] = "pt", ["step"] = step.ToString(CultureInfo.InvariantCulture) });
    }

    private void CheckSpace(long step, CheckpointTensors tensors)
    {
        var needed = SpareBytes + new[] { tensors.Model, tensors.Average, tensors.Optimizer }.Sum(set => set?.Values.Select(TensorTransfer.ToInfo).Sum(info => info.Count * info.ElementBytes) ?? 0);
        var free = _freeBytes(_root);
        if (free < needed) throw new IOException($"The checkpoint of step {step} needs {Mebibytes(needed)} MiB and {_root} has {Mebibytes(free)} MiB free; nothing was written. {LastGood()}");
    }

    private static long Mebibytes(long bytes) => bytes >> 20;

    private void PutInPlace(string written, string place)
    {
        var replaced = place + ReplacedSuffix;
        if (Directory.Exists(place)) Directory.Move(place, replaced);
        Directory.Move(written, place);
        DirectorySync.Flush(_root);
        if (Directory.Exists(replaced)) Directory.Delete(replaced, recursive: true);
    }

    // Ends what a killed process began: a replaced folder goes back where nothing took its place, abandoned ones are deleted.
    private void Recover()
    {
        if (!Directory.Exists(_root)) return;

        foreach (var replaced in Directory.GetDirectories(_root, $"{Prefix}*{ReplacedSuffix}"))
        {
            var place = replaced[..^ReplacedSuffix.Length];
            if (Directory.Exists(place))
            {
                Directory.Delete(replaced, recursive: true);
            }
            else
            {
                Directory.Move(replaced, place);
            }
        }

        var now = _time.GetUtcNow();
        foreach (var abandoned in Directory.GetDirectories(_root, ".tmp-*").Where(folder => TemporaryNames.IsAbandoned(new FileInfo(folder), now))) Directory.Delete(abandoned, recursive: true);
    }

    // Lengths are enough here: reading gigabytes after each save would cost more than it finds, and the one just written counts first.
    private void DeleteOld()
    {
        var whole = 0;
        foreach (var checkpoint in NewestFirst())
        {
            if (whole >= _keep)
            {
                Directory.Delete(checkpoint.Path, recursive: true);
            }
            else if (CheckpointManifest.Fault(checkpoint.Path, checkpoint.Step, thorough: false) is null)
            {
                whole++;
            }
        }
    }

    private string LastGood() =>
        NewestFirst().FirstOrDefault(checkpoint => CheckpointManifest.Fault(checkpoint.Path, checkpoint.Step, thorough: false) is null) is { } good
            ? $"The last good checkpoint is {good.Path}."
            : "There is no earlier checkpoint.";

    private List<StoredCheckpoint> NewestFirst() =>
        [.. (Directory.Exists(_root) ? Directory.GetDirectories(_root) : [])
            .Select(path => (Path: path, Name: FolderName().Match(Path.GetFileName(path))))
            .Where(folder => folder.Name.Success)
            .Select(folder => new StoredCheckpoint(long.Parse(folder.Name.Groups["step"].Value, CultureInfo.InvariantCulture), folder.Path))
            .OrderByDescending(checkpoint => checkpoint.Step)];

    private string PathOf(long step) => Path.Combine(_root, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D8}"));

    [GeneratedRegex(@"^step-(?<step>\d{8,18})$", RegexOptions.CultureInvariant)]
    private static partial Regex FolderName();
}
