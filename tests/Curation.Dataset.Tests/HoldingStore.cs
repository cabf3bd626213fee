using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests;

/// <summary>Lets somebody else act just before its n-th change, once, as where this process stands still for a while.</summary>
internal sealed class HoldingStore(IDatasetStore inner, int heldAt, Func<Task> act) : StoreDecorator(inner)
{
    public int Changes { get; private set; }

    protected override async ValueTask BeforeAsync(string operation, string path)
    {
        if (++Changes == heldAt) await act();
    }
}
