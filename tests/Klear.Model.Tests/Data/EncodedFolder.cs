using Curation.Clips;
using Klear.Model.Codecs.Transform;

namespace Klear.Model.Tests.Data;

/// <summary>A cache of two clips, encoded once for all tests of a class.</summary>
public sealed class EncodedFolder : IAsyncLifetime
{
    private readonly TripletFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        await _folder.AddAsync();
        await _folder.AddAsync(change: clip => clip with { VideoCaption = "one two three four", Split = Split.Singing, Transcript = "la" });
        await _folder.CommitAsync();
        using var video = new TransformVideoCodec();
        using var audio = new TransformAudioCodec();
        await TripletFolder.Encoder(video, audio).EncodeAsync(_folder.Dataset, _folder.Cache, cancellationToken: TripletFolder.Cancel);
    }

    /// <summary>Copies the cache, for a test that damages it.</summary>
    public void CopyTo(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(_folder.Cache, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(_folder.Cache, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
