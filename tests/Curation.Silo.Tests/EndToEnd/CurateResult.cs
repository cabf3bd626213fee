using System.Text.Json;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>How a <c>curate</c> ended and what it said.</summary>
internal sealed record CurateResult(int ExitCode, string Output, string Errors)
{
    public string Said => Output + Errors;

    /// <summary>The one object that <c>--json</c> prints.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Fails with what was said where the exit code is another one.</summary>
    public CurateResult Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode} instead of {exitCode}. It said:\n{Output}\n--- errors:\n{Errors}");
        return this;
    }
}
