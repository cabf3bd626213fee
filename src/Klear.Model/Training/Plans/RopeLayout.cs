namespace Klear.Model.Training.Plans;

/// <summary>Where a clip's sound stands on the time axis of the rotary positions.</summary>
public enum RopeLayout
{
    /// <summary>Behind the video: the first sound frame follows the last video frame. The paper's literal reading.</summary>
    Sequential,

    /// <summary>Beside the video, sound frames scaled onto the video's frames, as Ovi does.</summary>
    Scaled,

    /// <summary>Beside the video, both in seconds, as LTX-2 does.</summary>
    Seconds,
}
