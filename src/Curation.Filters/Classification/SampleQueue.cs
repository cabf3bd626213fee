namespace Curation.Filters.Classification;

/// <summary>A run of samples by absolute index, from which the past is dropped; before the first sample lies silence.</summary>
internal sealed class SampleQueue
{
    private float[] _buffer;
    private int _count;
    private long _start;

    /// <param name="leadingZeros">Silence before sample 0 that windows may reach into.</param>
    public SampleQueue(int leadingZeros)
    {
        _buffer = new float[8192];
        _count = leadingZeros;
        _start = -leadingZeros;
    }

    /// <summary>Index after the last sample.</summary>
    public long End => _start + _count;

    public void Add(float sample)
    {
        if (_count == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        _buffer[_count++] = sample;
    }

    public void AddZeros(int count)
    {
        for (var i = 0; i < count; i++) Add(0);
    }

    /// <summary>Samples [start, start + length), which must be held.</summary>
    public ReadOnlySpan<float> Window(long start, int length) => _buffer.AsSpan(checked((int)(start - _start)), length);

    /// <summary>Forgets everything before an index.</summary>
    public void DropBefore(long index)
    {
        var drop = (int)Math.Clamp(index - _start, 0, _count);
        _buffer.AsSpan(drop, _count - drop).CopyTo(_buffer);
        _count -= drop;
        _start += drop;
    }
}
