namespace Curation.Silo;

/// <summary>The exit codes that scripts may rely on.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The run could not end, for a reason that lies outside the command: the error says which. Finished sources are kept.</summary>
    public const int Failed = 1;

    /// <summary>The command or the configuration is wrong; nothing was started.</summary>
    public const int Wrong = 2;

    /// <summary>Done, but some sources were quarantined.</summary>
    public const int SomeQuarantined = 3;

    /// <summary>Done, but nothing was retained.</summary>
    public const int NothingRetained = 4;

    /// <summary>Cancelled.</summary>
    public const int Cancelled = 130;
}
