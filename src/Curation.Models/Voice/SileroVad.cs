using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Voice;

/// <summary>
/// Silero VAD v5/v6 (snakers4/silero-vad): the probability of speech in every 32 ms. Slot <c>vad</c>. Input is mono at 16 kHz in [-1, 1].
/// Each run hears 64 samples of context before its 512 and carries a state from window to window.
/// </summary>
public sealed class SileroVad
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 16_000;

    /// <summary>New samples a window: 32 ms.</summary>
    public const int WindowSamples = 512;

    /// <summary>Samples of the window before that each run hears again.</summary>
    public const int ContextSamples = 64;

    private const int StateSize = 128;
    private const int StateLayers = 2;
    private const int Width = ContextSamples + WindowSamples;

    private readonly OnnxGraph _graph;

    /// <summary>Takes an opened graph, which stays the caller's.</summary>
    /// <param name="graph">silero_vad_16k_op15.onnx.</param>
    /// <exception cref="ModelUnavailableException">The graph is not Silero VAD v5 or v6.</exception>
    public SileroVad(OnnxGraph graph)
    {
        GraphContract.Require(graph, Inputs, Outputs);
        _graph = graph;
    }

    /// <summary>What the graph takes.</summary>
    public static IReadOnlyList<TensorContract> Inputs { get; } =
        [new("input", "float32", [-1, -1]), new("state", "float32", [StateLayers, -1, StateSize]), new("sr", "int64", [])];

    /// <summary>What the graph gives.</summary>
    public static IReadOnlyList<TensorContract> Outputs { get; } = [new("output", "float32", [-1, 1]), new("stateN", "float32", [-1, -1, -1])];

    /// <summary>The speech in one clip.</summary>
    /// <param name="clip">Mono at 16 kHz in [-1, 1].</param>
    /// <param name="options">Thresholds; null for the published ones.</param>
    /// <param name="cancellationToken">Stops between windows.</param>
    /// <returns>Stretches in order.</returns>
    public IReadOnlyList<SpeechSegment> Segments(ReadOnlyMemory<float> clip, VadOptions? options = null, CancellationToken cancellationToken = default) =>
        SpeechSegments.Find(Probabilities(clip, cancellationToken), clip.Length, options ?? new VadOptions());

    /// <summary>Probabilities of one clip.</summary>
    /// <param name="clip">Mono at 16 kHz in [-1, 1].</param>
    /// <param name="cancellationToken">Stops between windows.</param>
    /// <returns>One for each 512 samples begun, 0..1; the last window is filled with silence.</returns>
    public float[] Probabilities(ReadOnlyMemory<float> clip, CancellationToken cancellationToken = default) => Probabilities([clip], cancellationToken)[0];

    /// <summary>Probabilities of many clips, which run in lockstep: one run of the graph does one window of each.</summary>
    /// <param name="clips">Mono at 16 kHz in [-1, 1].</param>
    /// <param name="cancellationToken">Stops between windows.</param>
    /// <returns>As for one clip, in order.</returns>
    public IReadOnlyList<float[]> Probabilities(IReadOnlyList<ReadOnlyMemory<float>> clips, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clips);

        // The longest first, so that the clips still running are always a prefix of the batch.
        var order = Enumerable.Range(0, clips.Count).OrderByDescending(index => clips[index].Length).ToArray();
        var results = clips.Select(clip => new float[WindowsIn(clip.Length)]).ToArray();
        var state = new VadState(clips.Count);
        for (var window = 0; ; window++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var running = 0;
            while (running < order.Length && results[order[running]].Length > window) running++;
            if (running == 0) return results;

            state.Shrink(running);
            for (var i = 0; i < running; i++)
            {
                var clip = clips[order[i]].Span[(window * WindowSamples)..];
                state.Feed(i, clip[..Math.Min(WindowSamples, clip.Length)]);
            }

            var probabilities = Step(state);
            for (var i = 0; i < running; i++) results[order[i]][window] = probabilities[i];
        }
    }

    /// <summary>Starts listening to sound as it comes.</summary>
    /// <returns>A state of its own; not for several threads.</returns>
    public VadListener Listen() => new(this);

    internal static int WindowsIn(int samples) => (samples + WindowSamples - 1) / WindowSamples;

    internal float[] Step(VadState state)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, state.Input, [state.Count, Width]);
        using var before = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, state.Hidden, [StateLayers, state.Count, StateSize]);
        using var rate = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, new long[] { SampleRate }.AsMemory(), []);
        using var outputs = _graph.Run(new Dictionary<string, OrtValue> { ["input"] = input, ["state"] = before, ["sr"] = rate }, ["output", "stateN"]);
        outputs[1].GetTensorDataAsSpan<float>().CopyTo(state.Hidden.Span);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>What the graph carries from window to window, for some clips in lockstep.</summary>
    internal sealed class VadState(int count)
    {
        private readonly float[] _input = new float[count * Width];
        private readonly float[] _hidden = new float[StateLayers * count * StateSize];

        public int Count { get; private set; } = count;

        public Memory<float> Input => _input.AsMemory(0, Count * Width);

        public Memory<float> Hidden => _hidden.AsMemory(0, StateLayers * Count * StateSize);

        // The clips beyond the first ones have ended; layers lie one after another, so they move together.
        public void Shrink(int running)
        {
            if (running == Count) return;

            for (var layer = 1; layer < StateLayers; layer++)
            {
                _hidden.AsSpan(layer * Count * StateSize, running * StateSize).CopyTo(_hidden.AsSpan(layer * running * StateSize));
            }

            Count = running;
        }

        public void Feed(int clip, ReadOnlySpan<float> samples)
        {
            var row = _input.AsSpan(clip * Width, Width);
            row[^ContextSamples..].CopyTo(row);
            samples.CopyTo(row[ContextSamples..]);
            row[(ContextSamples + samples.Length)..].Clear();
        }
    }
}
