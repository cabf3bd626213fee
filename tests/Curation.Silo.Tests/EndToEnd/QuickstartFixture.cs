using Curation.Silo.Tests.EndToEnd;

[assembly: AssemblyFixture(typeof(QuickstartFixture))]

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>One <c>curate quickstart</c>, run when the first test asks for it and shared by all that look at it.</summary>
public sealed class QuickstartFixture : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Lazy<Task<CurateResult>> _result;

    public QuickstartFixture() => _result = new(() => CurateProcess.RunAsync("quickstart", "--output", _folder.File("quick start")));

    internal string Videos => _folder.File("quick start", "videos");

    internal WrittenDataset Dataset => new(_folder.File("quick start", "dataset"));

    internal async Task<CurateResult> ResultAsync() => await _result.Value;

    public void Dispose() => _folder.Dispose();
}
