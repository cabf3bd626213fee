using Curation.Dataset;
using Curation.Dataset.Snapshots;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Scratch;
using Curation.Pipeline.Sources;
using Curation.Pipeline.Storage;

namespace Curation.Pipeline.Tests.Support;

/// <summary>What one silo has: its stores, its objects and its scratch folder.</summary>
internal sealed class SiloParts : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("curation-silo-").FullName;

    public SiloParts(long scratchBytes = 1 << 20, MemoryStore? store = null, FakeObjects? objects = null)
    {
        Store = store ?? new MemoryStore();
        Objects = objects ?? new FakeObjects();
        Scratch = new ScratchSpace(new ScratchOptions { Folder = Path.Combine(_folder, "scratch"), Bytes = scratchBytes });
        Stores = new DatasetStores(new DatasetOpener([Store], TimeProvider.System, new SnapshotOptions()));
        Sources = new ObjectSources([Objects]);
        Media = new SourceMedia(Sources, Scratch);
        Register = new SourceRegister(Stores, Media);
    }

    public MemoryStore Store { get; }

    public FakeObjects Objects { get; }

    public ScratchSpace Scratch { get; }

    public DatasetStores Stores { get; }

    public ObjectSources Sources { get; }

    public SourceMedia Media { get; }

    public SourceRegister Register { get; }

    /// <summary>Files in scratch now.</summary>
    public string[] ScratchFiles => Directory.GetFiles(Scratch.Prepare(), "*", SearchOption.AllDirectories);

    public void Dispose()
    {
        Scratch.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
