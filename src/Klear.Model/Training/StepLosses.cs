using Klear.Model.Flow;

namespace Klear.Model.Training;

/// <summary>The losses of a step, over its parts.</summary>
internal sealed class StepLosses
{
    /// <summary>The mean over the parts.</summary>
    public double Total { get; private set; }

    /// <summary>The pictures' mean over the parts that had some; null where none had.</summary>
    public double? Video { get; private set; }

    /// <summary>The sound's mean over the parts that had some; null where none had.</summary>
    public double? Audio { get; private set; }

    /// <summary>Tokens of all streams and clips.</summary>
    public long Tokens { get; private set; }

    private int _videoParts;
    private int _audioParts;

    /// <summary>Takes in a part.</summary>
    public void Add(FlowLossParts loss, int parts, long tokens)
    {
        Total += loss.Total.item<float>() / parts;
        Video = Mean(Video, loss.Video?.item<float>(), ref _videoParts);
        Audio = Mean(Audio, loss.Audio?.item<float>(), ref _audioParts);
        Tokens += tokens;
    }

    private static double? Mean(double? mean, float? next, ref int count)
    {
        if (next is not { } value) return mean;

        count++;
        return ((mean ?? 0) * (count - 1) / count) + (value / (double)count);
    }
}
