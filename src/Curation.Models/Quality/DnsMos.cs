using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Quality;

/// <summary>
/// DNSMOS P.835 (Reddy, Gopal and Cutler 2022): how good speech sounds, without a reference. Slot <c>mos</c>.
/// Input is mono at 16 kHz in [-1, 1].
/// </summary>
public sealed class DnsMos
{
    private const string InputName = "input_1";
    private const string OutputName = "Identity:0";
    private const int Scores = 3;

    private readonly OnnxGraph _graph;
    private readonly DnsMosOptions _options;
    private readonly DnsMosOverlap? _overlap;

    /// <summary>Takes opened graphs, which stay the caller's.</summary>
    /// <param name="graph">sig_bak_ovr.onnx.</param>
    /// <param name="options">Hop and batch; null for the published hop.</param>
    /// <param name="parts">The same graph in parts, so that a processor leaves zeros out and shares what windows have in common; null to run every window whole.</param>
    /// <exception cref="ModelUnavailableException">The graph is not DNSMOS P.835.</exception>
    public DnsMos(OnnxGraph graph, DnsMosOptions? options = null, DnsMosParts? parts = null)
    {
        _overlap = parts is null ? null : new DnsMosOverlap(parts);
        GraphContract.Require(graph, Inputs, Outputs);
        _graph = graph;
        _options = options ?? new DnsMosOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.Hop, TimeSpan.Zero);
    }

    /// <summary>What the graph takes.</summary>
    public static IReadOnlyList<TensorContract> Inputs { get; } = [new(InputName, "float32", [-1, DnsMosWindows.WindowSamples])];

    /// <summary>What the graph gives.</summary>
    public static IReadOnlyList<TensorContract> Outputs { get; } = [new(OutputName, "float32", [-1, Scores])];

    /// <summary>Takes the graph of slot <c>mos</c>, in parts where it is the published file and runs on a processor.</summary>
    /// <param name="graphs">The slot's graphs.</param>
    /// <param name="options">Hop and batch; null for the published hop.</param>
    /// <returns>The adapter.</returns>
    /// <exception cref="ModelUnavailableException">The graph is not DNSMOS P.835.</exception>
    public static DnsMos From(SlotGraphs graphs, DnsMosOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        var file = graphs.Status.Files.First(file => file.File.IsGraph);

        var name = file.File.Name;

        // A GPU is at its best with many whole windows.
        var parts = file.Sha256 == DnsMosParts.KnownSha256 && graphs.Device.Provider == ModelProvider.Cpu
            ? new DnsMosParts(graphs.Part(name, "spectrum", DnsMosParts.CutSpectrum), DnsMosLayers.Read(File.ReadAllBytes(graphs.PathOf(name))), graphs.Part(name, "head", DnsMosParts.CutHead))
            : null;
        return new DnsMos(graphs.Only, options, parts);
    }

    /// <summary>Scores one clip.</summary>
    /// <param name="clip">Mono at 16 kHz in [-1, 1].</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The means over its windows; null for a clip without samples.</returns>
    public DnsMosScore? Measure(ReadOnlyMemory<float> clip, CancellationToken cancellationToken = default) => Measure([clip], cancellationToken)[0];

    /// <summary>Scores many clips; windows of different clips share a run of the graph.</summary>
    /// <param name="clips">Mono at 16 kHz in [-1, 1].</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>One score for each clip, in order; null for a clip without samples.</returns>
    public IReadOnlyList<DnsMosScore?> Measure(IReadOnlyList<ReadOnlyMemory<float>> clips, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clips);

        var sums = new (double Signal, double Background, double Overall, int Windows)[clips.Count];
        var windows = new List<(int Clip, long Start)>();
        for (var index = 0; index < clips.Count; index++)
        {
            var starts = DnsMosWindows.Starts(clips[index].Length, _options.Hop);
            if (_overlap is not null)
            {
                Add(ref sums[index], _overlap.Run(clips[index].Span, starts, cancellationToken));
                continue;
            }

            windows.AddRange(starts.Select(start => (index, start)));
        }

        var input = new float[Math.Min(_options.Batch, windows.Count) * DnsMosWindows.WindowSamples];
        foreach (var batch in windows.Chunk(_options.Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < batch.Length; i++)
            {
                DnsMosWindows.Copy(clips[batch[i].Clip].Span, batch[i].Start, input.AsSpan(i * DnsMosWindows.WindowSamples, DnsMosWindows.WindowSamples));
            }

            var raw = RunRaw(input.AsMemory(0, batch.Length * DnsMosWindows.WindowSamples));
            for (var i = 0; i < batch.Length; i++) Add(ref sums[batch[i].Clip], raw.AsSpan(i * Scores, Scores));
        }

        return [.. sums.Select(sum => sum.Windows == 0 ? null : new DnsMosScore(sum.Signal / sum.Windows, sum.Background / sum.Windows, sum.Overall / sum.Windows, sum.Windows))];
    }

    private static void Add(ref (double Signal, double Background, double Overall, int Windows) sum, ReadOnlySpan<float> raw)
    {
        for (; !raw.IsEmpty; raw = raw[Scores..])
        {
            sum.Signal += DnsMosCalibration.Signal(raw[0]);
            sum.Background += DnsMosCalibration.Background(raw[1]);
            sum.Overall += DnsMosCalibration.Overall(raw[2]);
            sum.Windows++;
        }
    }

    private float[] RunRaw(Memory<float> windows)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, windows, [windows.Length / DnsMosWindows.WindowSamples, DnsMosWindows.WindowSamples]);
        using var outputs = _graph.Run(new Dictionary<string, OrtValue> { [InputName] = input }, [OutputName]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
