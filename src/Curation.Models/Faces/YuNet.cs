using Curation.Models.Running;
using Microsoft.ML.OnnxRuntime;

namespace Curation.Models.Faces;

/// <summary>
/// YuNet (Wu, Peng and Yu 2023): faces with five landmarks. Slot <c>face</c>. Decoding as OpenCV's FaceDetectorYN:
/// for each cell of strides 8, 16 and 32 the score is the root of class times object, then boxes that overlap are thinned.
/// </summary>
public sealed class YuNet
{
    /// <summary>Side of the graph's square input in pixels.</summary>
    public const int Side = 320;

    private const string InputName = "input";
    private const int BoxValues = 4;
    private const int LandmarkValues = 10;

    private static readonly int[] Strides = [8, 16, 32];
    private static readonly string[] Names = [.. new[] { "cls", "obj", "bbox", "kps" }.SelectMany(kind => Strides.Select(stride => $"{kind}_{stride}"))];

    private readonly OnnxGraph _graph;
    private readonly FaceOptions _options;

    /// <summary>Takes an opened graph, which stays the caller's.</summary>
    /// <param name="graph">yunet_n_320_320.onnx.</param>
    /// <param name="options">Thresholds; null for OpenCV's.</param>
    /// <exception cref="ModelUnavailableException">The graph is not YuNet for 320 x 320.</exception>
    public YuNet(OnnxGraph graph, FaceOptions? options = null)
    {
        GraphContract.Require(graph, Inputs, Outputs);
        _graph = graph;
        _options = options ?? new FaceOptions();
    }

    /// <summary>What the graph takes.</summary>
    public static IReadOnlyList<TensorContract> Inputs { get; } = [new(InputName, "float32", [1, 3, Side, Side])];

    /// <summary>What the graph gives.</summary>
    public static IReadOnlyList<TensorContract> Outputs { get; } = [.. Names.Select(name => new TensorContract(name, "float32", [1, Cells(name), Values(name)]))];

    /// <summary>Finds the faces in one picture.</summary>
    /// <param name="rgb">Packed RGB, 3 bytes a pixel, rows without gaps.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <returns>Faces in pixels of the picture, the surest first.</returns>
    public IReadOnlyList<DetectedFace> Detect(ReadOnlySpan<byte> rgb, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgb.Length != width * height * 3) throw new ArgumentException($"{rgb.Length} bytes are not a packed RGB picture of {width} x {height}.", nameof(rgb));

        var planes = new float[3 * Side * Side];
        var scale = BgrLetterbox.Fill(rgb, width, height, Side, planes);
        using var input = OrtValue.CreateTensorValueFromMemory(planes, [1, 3, Side, Side]);
        using var outputs = _graph.Run(new Dictionary<string, OrtValue> { [InputName] = input }, Names);

        var candidates = new List<DetectedFace>();
        for (var i = 0; i < Strides.Length; i++)
        {
            Decode(
                Strides[i],
                scale,
                outputs[i].GetTensorDataAsSpan<float>(),
                outputs[i + Strides.Length].GetTensorDataAsSpan<float>(),
                outputs[i + (2 * Strides.Length)].GetTensorDataAsSpan<float>(),
                outputs[i + (3 * Strides.Length)].GetTensorDataAsSpan<float>(),
                candidates);
        }

        return Thin(candidates);
    }

    private void Decode(
        int stride, float scale, ReadOnlySpan<float> classes, ReadOnlySpan<float> objects, ReadOnlySpan<float> boxes, ReadOnlySpan<float> points, List<DetectedFace> found)
    {
        var columns = Side / stride;
        var unit = stride / scale;
        for (var cell = 0; cell < columns * columns; cell++)
        {
            var score = MathF.Sqrt(Math.Clamp(classes[cell], 0, 1) * Math.Clamp(objects[cell], 0, 1));
            if (!(score >= _options.ScoreThreshold)) continue;

            var (row, column) = (cell / columns, cell % columns);
            var box = boxes.Slice(cell * BoxValues, BoxValues);
            var (width, height) = (MathF.Exp(box[2]) * unit, MathF.Exp(box[3]) * unit);
            var landmarks = points.Slice(cell * LandmarkValues, LandmarkValues);
            found.Add(new DetectedFace(
                new FaceBox(((column + box[0]) * unit) - (width / 2), ((row + box[1]) * unit) - (height / 2), width, height),
                score,
                Point(landmarks, 0, row, column, unit),
                Point(landmarks, 1, row, column, unit),
                Point(landmarks, 2, row, column, unit),
                Point(landmarks, 3, row, column, unit),
                Point(landmarks, 4, row, column, unit)));
        }
    }

    private static FacePoint Point(ReadOnlySpan<float> landmarks, int index, int row, int column, float unit) =>
        new((landmarks[2 * index] + column) * unit, (landmarks[(2 * index) + 1] + row) * unit);

    private List<DetectedFace> Thin(List<DetectedFace> candidates)
    {
        var kept = new List<DetectedFace>();
        foreach (var face in candidates.OrderByDescending(face => face.Score).Take(_options.MostCandidates))
        {
            if (kept.TrueForAll(other => Overlap(other.Box, face.Box) <= _options.OverlapThreshold)) kept.Add(face);
        }

        return kept;
    }

    private static float Overlap(FaceBox a, FaceBox b)
    {
        var width = Math.Min(a.Left + a.Width, b.Left + b.Width) - Math.Max(a.Left, b.Left);
        var height = Math.Min(a.Top + a.Height, b.Top + b.Height) - Math.Max(a.Top, b.Top);
        if (width <= 0 || height <= 0) return 0;

        var shared = width * height;
        return shared / ((a.Width * a.Height) + (b.Width * b.Height) - shared);
    }

    private static int Cells(string name)
    {
        var columns = Side / int.Parse(name.AsSpan(name.IndexOf('_', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture);
        return columns * columns;
    }

    private static int Values(string name) => name switch
    {
        ['b', ..] => BoxValues,
        ['k', ..] => LandmarkValues,
        _ => 1,
    };
}
