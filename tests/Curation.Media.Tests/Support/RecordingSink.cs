using Curation.Clips.Streaming;
using Curation.Media.Analysis;

namespace Curation.Media.Tests.Support;

/// <summary>Keeps times and mean luma of pictures and all mono samples.</summary>
internal sealed class RecordingSink : IAnalysisSink
{
    public List<TimeSpan> Times { get; } = [];

    public List<double> Luma { get; } = [];

    public List<float> Mono { get; } = [];

    public List<TimeSpan> SoundTimes { get; } = [];

    public List<int> SoundLengths { get; } = [];

    public int Channels { get; private set; }

    public byte[]? LastLuma { get; private set; }

    public void OnPicture(in PictureView picture)
    {
        Times.Add(picture.Time);
        long sum = 0;
        foreach (var l in picture.Luma) sum += l;
        Luma.Add((double)sum / picture.Luma.Length);
        LastLuma = picture.Luma.ToArray();
        Assert.Equal(picture.Width * picture.Height, picture.Luma.Length);
        Assert.Equal(picture.Luma.Length / 4, picture.Cb.Length);
        Assert.Equal(picture.Luma.Length / 4, picture.Cr.Length);
    }

    public void OnSound(in SoundView sound)
    {
        Channels = sound.Channels;
        SoundTimes.Add(sound.Time);
        SoundLengths.Add(sound.Mono.Length);
        Assert.Equal(sound.Mono.Length * sound.Channels, sound.Interleaved.Length);
        foreach (var s in sound.Mono) Mono.Add(s);
    }

    /// <summary>Times at which the mono sound first passes a level after at least 100 ms below it.</summary>
    public IReadOnlyList<double> Onsets(double level = 0.05)
    {
        var found = new List<double>();
        var quiet = int.MaxValue / 2;
        for (var i = 0; i < Mono.Count; i++)
        {
            if (Math.Abs(Mono[i]) > level)
            {
                if (quiet > 4800) found.Add(SoundTimes[0].TotalSeconds + (i / 48000.0));
                quiet = 0;
            }
            else
            {
                quiet++;
            }
        }

        return found;
    }

    /// <summary>Times of the pictures that turn bright.</summary>
    public IReadOnlyList<double> Flashes()
    {
        var found = new List<double>();
        for (var i = 1; i < Luma.Count; i++)
        {
            if (Luma[i] > 128 && Luma[i - 1] <= 128) found.Add(Times[i].TotalSeconds);
        }

        return found;
    }
}
