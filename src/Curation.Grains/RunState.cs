namespace Curation.Grains;

/// <summary>How far a run is.</summary>
public enum RunState
{
    /// <summary>Not asked to start yet.</summary>
    Created,

    /// <summary>Sources are being worked on.</summary>
    Running,

    /// <summary>All sources are through; the snapshot is being written.</summary>
    Committing,

    /// <summary>The snapshot stands.</summary>
    Done,

    /// <summary>Somebody cancelled it; what was finished is kept.</summary>
    Cancelled,

    /// <summary>It could not end; the error says why.</summary>
    Failed,

    /// <summary>The store or its disk does not answer; the error says how. It goes on by itself.</summary>
    Paused,
}
