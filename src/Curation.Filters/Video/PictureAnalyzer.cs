using Curation.Clips.Streaming;

namespace Curation.Filters.Video;

/// <summary>Turns the small pictures of the analysis pass, one after another, into records that later measurements are slices of.</summary>
/// <remarks>Allocates nothing after construction. Not safe for two threads at once.</remarks>
public sealed class PictureAnalyzer
{
    /// <summary>Longest side of a picture, in pixels.</summary>
    public const int MaximumSide = 2 * PictureSample.MaximumSide;

    /// <summary>Shortest side of a picture, in pixels.</summary>
    public const int MinimumSide = 32;

    /// <summary>Camera motion is fitted over pairs at least this far apart: 16 a second at most. Closer pictures say nothing more of motion or shake.</summary>
    private static readonly TimeSpan PairSpacing = TimeSpan.FromSeconds(1.0 / 16) - TimeSpan.FromMilliseconds(2);

    /// <summary>A pair further apart than this is a gap in the source, not motion.</summary>
    private static readonly TimeSpan LongestPair = TimeSpan.FromSeconds(0.5);

    /// <summary>Samples are at least this far apart: about two a second.</summary>
    private static readonly TimeSpan SampleSpacing = TimeSpan.FromSeconds(0.5) - TimeSpan.FromMilliseconds(2);

    private readonly int _width;
    private readonly int _height;
    private readonly int _halfWidth;
    private readonly int _halfHeight;
    private readonly byte[] _half;
    private readonly byte[] _freeze;
    private readonly int[] _columnSums;
    private readonly ColourKernel _colour;
    private readonly CameraFit _camera;
    private readonly OwnMotion _own;
    private PictureSample _sample;
    private long _lastTicks;
    private long _pairStart;
    private long _sampleStart;
    private bool _started;
    private bool _sampleReady;

    /// <summary>Makes an analyser for pictures of one size.</summary>
    /// <param name="width">Width in pixels, even, 32..320.</param>
    /// <param name="height">Height in pixels, even, 32..320.</param>
    public PictureAnalyzer(int width, int height)
    {
        Check(width, nameof(width));
        Check(height, nameof(height));
        _width = width;
        _height = height;
        _halfWidth = width / 2;
        _halfHeight = height / 2;
        _half = new byte[_halfWidth * _halfHeight];
        _freeze = new byte[width * height + 2 * _half.Length];
        _columnSums = new int[width];
        _colour = new ColourKernel(_half.Length);
        _camera = new CameraFit(_halfWidth / 2, _halfHeight / 2);
        _own = new OwnMotion(_halfWidth, _halfHeight);
    }

    /// <summary>Measures one picture; times must rise.</summary>
    /// <param name="picture">A picture of this analyser's size.</param>
    /// <returns>The picture's record.</returns>
    public PictureFrame Analyze(in PictureView picture)
    {
        if (picture.Width != _width || picture.Height != _height)
        {
            throw new ArgumentException($"the picture is {picture.Width}x{picture.Height}, this analyser is for {_width}x{_height}", nameof(picture));
        }

        var ticks = picture.Time.Ticks;
        if (_started && ticks <= _lastTicks) throw new ArgumentException($"picture times must rise: {picture.Time} follows {TimeSpan.FromTicks(_lastTicks)}", nameof(picture));

        var frame = new PictureFrame { Ticks = ticks };
        LumaKernel.Halve(picture.Luma, _width, _height, _half);
        (frame.MeanLuma, frame.LumaVariance, frame.LaplacianVariance) = LumaKernel.Contrast(picture.Luma, _width, _height);
        frame.DarkShare = LumaKernel.DarkShare(picture.Luma);
        frame.FreezeDifference = Freeze(picture);
        (frame.Content, frame.Saturation, frame.Colourfulness) = _colour.Read(_half, picture.Cb, picture.Cr);
        LumaKernel.CellMeans(_half, _halfWidth, _halfHeight, LumaCells.Side, frame.Luma);
        LumaKernel.CellMeans(picture.Cb, _halfWidth, _halfHeight, ChromaCells.Side, frame.Cb);
        LumaKernel.CellMeans(picture.Cr, _halfWidth, _halfHeight, ChromaCells.Side, frame.Cr);
        Motion(ref frame);
        Sample(picture);

        _lastTicks = ticks;
        _started = true;
        return frame;
    }

    /// <summary>Hands over the sample that the last picture completed, about twice a second.</summary>
    /// <param name="sample">The sample, or an empty one.</param>
    /// <returns>Whether there was one that had not been taken.</returns>
    public bool TryTakeSample(out PictureSample sample)
    {
        sample = _sampleReady ? _sample : default;
        var ready = _sampleReady;
        _sampleReady = false;
        return ready;
    }

    private static void Check(int side, string name)
    {
        if (side is < MinimumSide or > MaximumSide || side % 2 != 0) throw new ArgumentOutOfRangeException(name, side, $"a side must be even and in {MinimumSide}..{MaximumSide}");
    }

    /// <summary>Mean absolute difference over the three planes to the first picture of the freeze, as ffmpeg's freezedetect takes it.</summary>
    private float Freeze(in PictureView picture)
    {
        var luma = _freeze.AsSpan(0, picture.Luma.Length);
        var cb = _freeze.AsSpan(luma.Length, picture.Cb.Length);
        var cr = _freeze.AsSpan(luma.Length + cb.Length, picture.Cr.Length);
        var difference = 0f;
        if (_started)
        {
            var total = LumaKernel.AbsoluteDifference(picture.Luma, luma) + LumaKernel.AbsoluteDifference(picture.Cb, cb) + LumaKernel.AbsoluteDifference(picture.Cr, cr);
            difference = total / (256f * _freeze.Length);
            if (difference <= FrozenPicture.Noise) return difference;
        }

        picture.Luma.CopyTo(luma);
        picture.Cb.CopyTo(cb);
        picture.Cr.CopyTo(cr);
        return difference;
    }

    private void Motion(ref PictureFrame frame)
    {
        if (_started && frame.Ticks - _pairStart < PairSpacing.Ticks) return;

        _own.Advance(_half);
        _camera.Advance();
        Shrink(_own.Current, _halfWidth, _camera.Finest);
        _camera.BuildPyramid();
        var gap = frame.Ticks - _pairStart;
        _pairStart = frame.Ticks;
        if (!_started || gap > LongestPair.Ticks) return;

        var (motion, share) = _camera.Fit();
        float longest = Math.Max(_camera.Finest.Width, _camera.Finest.Height);
        frame.PairTicks = gap;
        frame.FitShare = share;
        frame.ShiftX = -motion.X / longest;
        frame.ShiftY = -motion.Y / longest;
        frame.Zoom = -motion.Scale;
        frame.Rotation = -motion.Turn;
        frame.MovingShare = _own.Share(motion.Refined(2));
    }

    private static void Shrink(ReadOnlySpan<float> half, int halfWidth, MotionLevel target)
    {
        for (var y = 0; y < target.Height; y++)
        {
            var upper = half.Slice(2 * y * halfWidth, halfWidth);
            var lower = half.Slice((2 * y + 1) * halfWidth, halfWidth);
            var row = target.Current.AsSpan(y * target.Width, target.Width);
            for (var x = 0; x < row.Length; x++) row[x] = 0.25f * (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]);
        }
    }

    private void Sample(in PictureView picture)
    {
        if (_started && picture.Time.Ticks - _sampleStart < SampleSpacing.Ticks) return;

        _sampleStart = picture.Time.Ticks;
        _sampleReady = true;
        _sample.Ticks = picture.Time.Ticks;
        _sample.Width = (short)_halfWidth;
        _sample.Height = (short)_halfHeight;
        var (top, bottom, left, right) = EdgeMap.Bars(picture.Luma, _width, _height, _columnSums);
        (_sample.BarTop, _sample.BarBottom, _sample.BarLeft, _sample.BarRight) = ((short)top, (short)bottom, (short)left, (short)right);
        EdgeMap.Edges(_half, _halfWidth, _halfHeight, _sample.Edges);
        EdgeMap.Means(_half, _halfWidth, _halfHeight, PictureSample.CellSide, _sample.CellLuma);
        EdgeMap.Means(picture.Cb, _halfWidth, _halfHeight, 2 * PictureSample.CellSide, _sample.BlockCb);
        EdgeMap.Means(picture.Cr, _halfWidth, _halfHeight, 2 * PictureSample.CellSide, _sample.BlockCr);
    }
}
