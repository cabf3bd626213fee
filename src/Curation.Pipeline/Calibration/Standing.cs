namespace Curation.Pipeline.Calibration;

/// <summary>How a clip stands to a limit before anybody looks at the limit's bounds.</summary>
internal enum Standing : byte
{
    /// <summary>The limit has nothing to say: it does not apply, or lets the unmeasured pass.</summary>
    Free,

    /// <summary>There is a value, and the bounds decide.</summary>
    Judged,

    /// <summary>There is no value, and the clip is held for it.</summary>
    Held,

    /// <summary>There is no value, and the clip is rejected for it.</summary>
    Rejected,
}
