using Xunit.Sdk;
using Xunit.v3;

namespace Curation.Tests;

/// <summary>Starts the classes that take longest first, so that none of them runs alone at the end while the other cores have nothing to do.</summary>
/// <param name="classes">Names of classes, the longest first; all others follow in the order they had.</param>
internal abstract class LongestFirst(params string[] classes) : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName))];

    // A class that names no collection is one of its own: "Test collection for Namespace.Class (id: ...)".
    private int Place(string collection)
    {
        var place = Array.FindIndex(classes, name => collection.Contains($".{name} (", StringComparison.Ordinal));
        return place < 0 ? classes.Length : place;
    }
}
