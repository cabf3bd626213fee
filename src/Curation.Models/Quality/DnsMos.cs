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

    /// <summary>Takes an opened graph, which stays the caller's.</summary>
    /// <param name="graph">sig_bak_ovr.onnx.</param>
    /// <param name="options">Hop and batch; null for the published hop.</param>
    /// <exception cref="ModelUnavailableException">The graph is not DNSMOS P.835.</exception>
    public DnsMos(OnnxGraph graph, DnsMosOptions? options = null)
    {
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

        var windows = clips.SelectMany((clip, index) => DnsMosWindows.Starts(clip.Length, _options.Hop).Select(start => (Clip: index, Start: start))).ToList();
        var sums = new (double Signal, double Background, double Overall, int Windows)[clips.Count];
        var input = new float[Math.Min(_options.Batch, windows.Count) * DnsMosWindows.WindowSamples];
        foreach (var batch in windows.Chunk(_options.Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < batch.Length; i++)
            {
                DnsMosWindows.Copy(clips[batch[i].Clip].Span, batch[i].Start, input.AsSpan(i * DnsMosWindows.WindowSamples, DnsMosWindows.WindowSamples));
            }

            var raw = RunRaw(input.AsMemory(0, batch.Length * DnsMosWindows.WindowSamples));
            for (var i = 0; i < batch.Length; i++)
            {
                ref var sum = ref sums[batch[i].Clip];
                sum.Signal += DnsMosCalibration.Signal(raw[i * Scores]);
                sum.Background += DnsMosCalibration.Background(raw[(i * Scores) + 1]);
                sum.Overall += DnsMosCalibration.Overall(raw[(i * Scores) + 2]);
                sum.Windows++;
            }
        }

        return [.. sums.Select(sum => sum.Windows == 0 ? null : new DnsMosScore(sum.Signal / sum.Windows, sum.Background / sum.Windows, sum.Overall / sum.Windows, sum.Windows))];
    }

    private float[] RunRaw(Memory<float> windows)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, windows, [windows.Length / DnsMosWindows.WindowSamples, DnsMosWindows.WindowSamples]);
        using var outputs = _graph.Run(new Dictionary<string, OrtValue> { [InputName] = input }, [OutputName]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
