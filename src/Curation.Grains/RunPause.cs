namespace Curation.Grains;

/// <summary>Whether a run waits, for its store or for a silo with a role. While it does, no new source is started; those that met the trouble find out when it is over.</summary>
internal sealed class RunPause(Action changed)
{
    /// <summary>What the trouble is; null while there is none.</summary>
    public string? Reason { get; private set; }

    /// <summary>The trouble has begun.</summary>
    public void Enter(string reason) => Reason = reason;

    /// <summary>The trouble is over.</summary>
    public void Leave()
    {
        if (Reason is null) return;

        Reason = null;
        changed();
    }
}
