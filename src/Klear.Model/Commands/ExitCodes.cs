namespace Klear.Model.Commands;

/// <summary>What the commands end with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It began, and could not be finished: the message says why and what is left.</summary>
    public const int Failed = 1;

    /// <summary>The command or a file that it names is wrong; nothing was started.</summary>
    public const int Wrong = 2;

    /// <summary>Somebody stopped it; what was done is kept.</summary>
    public const int Cancelled = 130;
}
