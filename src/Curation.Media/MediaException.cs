namespace Curation.Media;

/// <summary>A source, or the writing of a clip, failed for a reason that belongs to the media or to the machine, not to the caller.</summary>
public sealed class MediaException : Exception
{
    /// <summary>Says where it failed and why.</summary>
    /// <param name="stage">One of <see cref="MediaStage"/>.</param>
    /// <param name="reason">What happened, in one sentence for a person.</param>
    /// <param name="inner">What it came from, if anything.</param>
    public MediaException(string stage, string reason, Exception? inner = null)
        : base(reason, inner)
    {
        ArgumentException.ThrowIfNullOrEmpty(stage);
        Stage = stage;
    }

    /// <summary>Where it failed: one of <see cref="MediaStage"/>.</summary>
    public string Stage { get; }

    /// <summary>What happened, in one sentence for a person.</summary>
    public string Reason => Message;
}
