namespace Curation.Clips.Deciding;

/// <summary>What a limit does with a clip whose measurement could not be made.</summary>
public enum UnmeasuredRule
{
    /// <summary>The clip waits in <c>held</c> until somebody measures it.</summary>
    Hold,

    /// <summary>The clip goes on as if the limit were not there.</summary>
    Pass,

    /// <summary>The clip is rejected.</summary>
    Reject,
}
