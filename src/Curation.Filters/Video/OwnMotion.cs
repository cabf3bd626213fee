using System.Numerics.Tensors;

namespace Curation.Filters.Video;

/// <summary>Finds the blocks that move on their own once the camera's motion is taken out.</summary>
/// <remarks>
/// A block moves where its gradient-weighted residual, the normal flow of Irani and Anandan (1998), passes a threshold in pixels and its
/// residual stands above the pair's own noise. Untextured blocks show no motion; those between moving ones belong to the same object.
/// </remarks>
internal sealed class OwnMotion
{
    /// <summary>Side of a block, in pixels of the half-size picture.</summary>
    private const int Block = 4;

    /// <summary>Normal flow of a moving block, in pixels of the half-size picture between the two pictures of a pair; uncalibrated.</summary>
    private const float SmallestFlow = 0.2f;

    /// <summary>Gradient below which a block shows no motion, in levels per pixel; uncalibrated.</summary>
    private const float SmallestGradient = 1.5f;

    /// <summary>Smallest mean residual of a moving block, in levels; uncalibrated.</summary>
    private const float SmallestResidual = 2f;

    /// <summary>How far a moving block stands above the pair's noise; uncalibrated.</summary>
    private const float NoiseFactor = 2.5f;

    /// <summary>Untextured blocks that may lie between two moving ones of the same object.</summary>
    private const int LongestGap = 4;

    private readonly int _width;
    private readonly int _height;
    private readonly int _columns;
    private readonly int _rows;
    private readonly float[] _error;
    private readonly float[] _inside;
    private readonly float[] _gradient;
    private readonly float[] _scratch;
    private readonly float[] _residual;
    private readonly float[] _sorted;
    private readonly float[] _flow;
    private readonly Block4[] _state;
    private readonly Block4[] _cleaned;
    private float[] _current;
    private float[] _previous;

    /// <summary>Makes a finder for half-size pictures of a size.</summary>
    public OwnMotion(int width, int height)
    {
        _width = width;
        _height = height;
        _columns = width / Block;
        _rows = height / Block;
        _error = new float[width * height];
        _inside = new float[width * height];
        _gradient = new float[width * height];
        _scratch = new float[width * height];
        _current = new float[width * height];
        _previous = new float[width * height];
        _residual = new float[_columns * _rows];
        _sorted = new float[_columns * _rows];
        _flow = new float[_columns * _rows];
        _state = new Block4[_columns * _rows];
        _cleaned = new Block4[_columns * _rows];
    }

    private enum Block4 : byte
    {
        Still,
        Blank,
        Moving,
    }

    /// <summary>The smoothed later picture.</summary>
    public ReadOnlySpan<float> Current => _current;

    /// <summary>Takes the next picture and smooths it with a 3 x 3 binomial; the one before becomes the earlier of the pair.</summary>
    public void Advance(ReadOnlySpan<byte> half)
    {
        (_current, _previous) = (_previous, _current);
        TensorPrimitives.ConvertTruncating(half, _current.AsSpan());
        Smooth(_current, _scratch, _width, _height);
    }

    /// <summary>Share of the blocks that move on their own.</summary>
    /// <param name="motion">The camera's motion, in pixels of the half-size picture.</param>
    public float Share(in CameraMotion motion)
    {
        MotionLevel.Warp(_previous, _current, _width, _height, motion, _error, _inside);
        TensorPrimitives.Abs(_error, _error);
        Gradients();
        SumBlocks();

        _residual.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        var noise = Math.Max(SmallestResidual, NoiseFactor * _sorted[_sorted.Length / 4]);
        for (var i = 0; i < _state.Length; i++)
        {
            if (_state[i] == Block4.Still && _residual[i] > noise && _flow[i] > SmallestFlow) _state[i] = Block4.Moving;
        }

        DropLonely();
        FillGaps(1, _columns, _rows, _columns);
        FillGaps(_columns, _rows, _columns, 1);
        return _cleaned.Count(Block4.Moving) / (float)_cleaned.Length;
    }

    private static void Smooth(float[] image, float[] scratch, int width, int height)
    {
        for (var y = 0; y < height; y++)
        {
            var row = image.AsSpan(y * width, width);
            var target = scratch.AsSpan(y * width, width);
            TensorPrimitives.Add(row[..^2], row[2..], target[1..^1]);
            TensorPrimitives.MultiplyAdd(row[1..^1], 2f, target[1..^1], target[1..^1]);
            target[0] = 4 * row[0];
            target[^1] = 4 * row[^1];
        }

        for (var y = 0; y < height; y++)
        {
            var above = scratch.AsSpan(Math.Max(0, y - 1) * width, width);
            var below = scratch.AsSpan(Math.Min(height - 1, y + 1) * width, width);
            var target = image.AsSpan(y * width, width);
            TensorPrimitives.Add(above, below, target);
            TensorPrimitives.MultiplyAdd(scratch.AsSpan(y * width, width), 2f, target, target);
            TensorPrimitives.Multiply(target, 1 / 16f, target);
        }
    }

    private void Gradients()
    {
        for (var y = 1; y < _height - 1; y++)
        {
            var start = y * _width + 1;
            var inner = _width - 2;
            var across = _gradient.AsSpan(start, inner);
            var down = _scratch.AsSpan(start, inner);
            TensorPrimitives.Subtract(_current.AsSpan(start + 1, inner), _current.AsSpan(start - 1, inner), across);
            TensorPrimitives.Subtract(_current.AsSpan(start + _width, inner), _current.AsSpan(start - _width, inner), down);
            TensorPrimitives.Multiply(across, across, across);
            TensorPrimitives.MultiplyAdd(down, down, across, across);
            TensorPrimitives.Sqrt(across, across);
            TensorPrimitives.Multiply(across, 0.5f, across);
        }
    }

    private void SumBlocks()
    {
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                float residual = 0, weighted = 0, squares = 0, inside = 0;
                for (var y = row * Block; y < (row + 1) * Block; y++)
                {
                    var start = y * _width + column * Block;
                    for (var i = start; i < start + Block; i++)
                    {
                        var gradient = _gradient[i];
                        residual += _error[i];
                        weighted += gradient * _error[i];
                        squares += gradient * gradient;
                        inside += _inside[i];
                    }
                }

                var at = row * _columns + column;
                _residual[at] = residual / (Block * Block);
                _flow[at] = weighted / (squares + Block * Block);
                _state[at] = inside < Block * Block || squares < Block * Block * SmallestGradient * SmallestGradient ? Block4.Blank : Block4.Still;
            }
        }
    }

    private void DropLonely()
    {
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                var at = row * _columns + column;
                _cleaned[at] = _state[at];
                if (_state[at] != Block4.Moving) continue;

                var friends = 0;
                for (var y = Math.Max(0, row - 1); y <= Math.Min(_rows - 1, row + 1); y++)
                {
                    for (var x = Math.Max(0, column - 1); x <= Math.Min(_columns - 1, column + 1); x++) friends += _state[y * _columns + x] == Block4.Moving ? 1 : 0;
                }

                if (friends < 2) _cleaned[at] = Block4.Still;
            }
        }
    }

    private void FillGaps(int step, int length, int lines, int lineStep)
    {
        for (var line = 0; line < lines; line++)
        {
            var last = int.MinValue;
            for (var i = 0; i < length; i++)
            {
                ref var state = ref _cleaned[line * lineStep + i * step];
                if (state == Block4.Still) last = int.MinValue;
                if (state != Block4.Moving) continue;

                if (last != int.MinValue && i - last - 1 <= LongestGap)
                {
                    for (var j = last + 1; j < i; j++) _cleaned[line * lineStep + j * step] = Block4.Moving;
                }

                last = i;
            }
        }
    }
}
