using Curation.Dataset.Storage;

namespace Curation.Dataset.Tests;

/// <summary>Lets somebody else act just before the manifest is replaced, once.</summary>
internal sealed class InterruptingStore(IDatasetStore inner, Func<Task> act) : StoreDecorator(inner)
{
    private bool _acted;

    protected override async ValueTask BeforeAsync(string operation, string path)
    {
        if (operation != nameof(TryReplaceAsync) || _acted) return;

        _acted = true;
        await act();
    }
}
