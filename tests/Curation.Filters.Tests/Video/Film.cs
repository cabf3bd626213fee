using Curation.Clips.Measuring;
using Curation.Filters.Scene;
using Curation.Filters.Video;

namespace Curation.Filters.Tests.Video;

/// <summary>Runs drawn pictures through the analysis and keeps what a pipeline would keep.</summary>
internal sealed class Film
{
    private PictureAnalyzer? _analyzer;

    public List<PictureFrame> Frames { get; } = [];

    public List<PictureSample> Samples { get; } = [];

    public SourceOverlay Overlay { get; } = new();

    /// <summary>A film of a number of pictures at 25 a second.</summary>
    public static Film Of(int pictures, Func<int, Canvas> draw)
    {
        var film = new Film();
        for (var i = 0; i < pictures; i++) film.Show(draw(i), TimeSpan.FromSeconds(i / 25.0));
        return film;
    }

    public void Show(Canvas canvas, TimeSpan time)
    {
        _analyzer ??= new PictureAnalyzer(canvas.Width, canvas.Height);
        Frames.Add(_analyzer.Analyze(canvas.At(time)));
        if (!_analyzer.TryTakeSample(out var sample)) return;

        Samples.Add(sample);
        Overlay.Add(sample);
    }

    public Measurement Measure(string name) =>
        PictureMeasurements.Measure(Frames.ToArray(), Samples.ToArray(), Overlay, 480).Single(measurement => measurement.Name == name);

    public double Value(string name) => Measure(name).Value ?? throw new InvalidOperationException(Measure(name).Reason);

    public IReadOnlyList<SceneCut> Cuts()
    {
        var detector = new SceneDetector(new SceneOptions());
        foreach (var frame in Frames) detector.Push(frame);
        return detector.Complete();
    }
}
