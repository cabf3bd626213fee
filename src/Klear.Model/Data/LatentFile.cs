using System.Security.Cryptography;
using Curation.Models.Checkpoints;
using Klear.Model.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Data;

/// <summary>The safetensors file of one clip.</summary>
internal static class LatentFile
{
    /// <summary>Folder of all these files in a cache.</summary>
    public const string Folder = "clips";

    public const string Extension = ".safetensors";

    private const string Video = "video", Audio = "audio", VideoText = "video_text", AudioText = "audio_text";
    private const string Stamp = "stamp", Content = "content_sha256";

    /// <summary>Writes a clip's tensors; the file appears whole or not at all.</summary>
    public static void Write(string path, string stamp, LatentTensors tensors)
    {
        var data = new Dictionary<string, TensorData> { [VideoText] = tensors.VideoText.ToData(), [AudioText] = tensors.AudioText.ToData() };
        if (tensors.Video_cthw is not null) data[Video] = tensors.Video_cthw.ToData();
        if (tensors.Audio_cl is not null) data[Audio] = tensors.Audio_cl.ToData();

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        SafetensorsWriter.Write(path, data, new Dictionary<string, string> { [Stamp] = stamp, [Content] = Digest(data) });
    }

    /// <summary>Whether a file was made as the stamp says and is whole.</summary>
    public static bool Holds(string path, string stamp)
    {
        if (!File.Exists(path)) return false;

        try
        {
            using var file = SafetensorsFile.Open(path);
            return file.Metadata.GetValueOrDefault(Stamp) == stamp && file.Metadata.GetValueOrDefault(Content) == Digest(file.Tensors.Keys.ToDictionary(name => name, file.Read));
        }
        catch (CheckpointException)
        {
            // Damaged: it is made again.
            return false;
        }
    }

    /// <summary>Reads a clip's tensors, into the caller's dispose scope.</summary>
    /// <exception cref="CheckpointException">The file is damaged.</exception>
    public static LatentTensors Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return new LatentTensors(Find(file, Video), Find(file, Audio), file.Read(VideoText).ToTensor(), file.Read(AudioText).ToTensor());
    }

    private static Tensor? Find(SafetensorsFile file, string name) => file.Tensors.ContainsKey(name) ? file.Read(name).ToTensor() : null;

    private static string Digest(Dictionary<string, TensorData> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, data) in tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{name} {data.Info.Type} [{string.Join(' ', data.Info.Shape)}]\n"));
            hash.AppendData(data.Bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
