using System.IO.Compression;
using System.Text;

namespace Curation.Models.Tests.Checkpoints;

/// <summary>Puts a pickle and one storage into the container that torch.save uses.</summary>
internal static class TorchFile
{
    public static byte[] Zip(byte[] pickle, byte[]? storage = null, CompressionLevel level = CompressionLevel.NoCompression, params (string Name, byte[] Bytes)[] more)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            Add("archive/data.pkl", pickle);
            if (storage is not null) Add("archive/data/0", storage);
            foreach (var (name, content) in more) Add(name, content);

            void Add(string name, byte[] content)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
