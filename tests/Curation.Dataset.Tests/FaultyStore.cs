using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests;

/// <summary>Dies at its n-th change and stays dead, as a process does that is killed between two steps.</summary>
internal sealed class FaultyStore(IDatasetStore inner, int diesAt) : StoreDecorator(inner)
{
    public int Changes { get; private set; }

    public List<string> Seen { get; } = [];

    protected override ValueTask BeforeAsync(string operation, string path)
    {
        Changes++;
        Seen.Add($"{operation} {path}");
        return Changes >= diesAt ? throw new IOException($"killed before change {Changes}: {operation} {path}") : ValueTask.CompletedTask;
    }
}
