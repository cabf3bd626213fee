using Curation.Clips.Streaming;
using Curation.Media.Analysis;

namespace Curation.Pipeline.Verifying;

/// <summary>Takes pictures and sound and keeps nothing: that they came is all that matters.</summary>
internal sealed class DecodedAway : IAnalysisSink
{
    public void OnPicture(in PictureView picture)
    {
    }

    public void OnSound(in SoundView sound)
    {
    }
}
