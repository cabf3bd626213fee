namespace Curation.Media.Processes;

/// <summary>What a child left.</summary>
/// <param name="ExitCode">0 where it was content.</param>
/// <param name="Bytes">Its output.</param>
/// <param name="Errors">Its error stream.</param>
internal sealed record ChildOutput(int ExitCode, byte[] Bytes, ErrorTail Errors);
