using Curation.Clips.Streaming;

namespace Curation.Media.Analysis;

/// <summary>Takes the pictures and the sound of one source as they are decoded.</summary>
/// <remarks>The two methods are called from two threads, at the same time; each is called in order of time. A slow sink holds the decoder back.</remarks>
public interface IAnalysisSink
{
    /// <summary>Takes one picture.</summary>
    /// <param name="picture">Valid only during the call.</param>
    void OnPicture(in PictureView picture);

    /// <summary>Takes a run of sound; without gaps: a run starts where the last one ended.</summary>
    /// <param name="sound">Valid only during the call.</param>
    void OnSound(in SoundView sound);
}
