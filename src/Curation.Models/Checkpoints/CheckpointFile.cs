namespace Curation.Models.Checkpoints;

/// <summary>Opens a checkpoint by what is in it; names such as .pt, .pth, .bin and .ckpt say nothing.</summary>
public static class CheckpointFile
{
    /// <summary>Opens a file of torch.save or safetensors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="roots">Keys, such as "model" or "state_dict", of which the first that the file has is shown alone, without it in the names; the whole file where it has none of them.</param>
    /// <returns>The open checkpoint.</returns>
    /// <exception cref="CheckpointException">The file is damaged, refused or of another format.</exception>
    public static ITensorSource Open(string path, params ReadOnlySpan<string> roots)
    {
        if (IsTorch(path)) return PyTorchCheckpoint.Open(path, roots);

        var file = SafetensorsFile.Open(path);
        foreach (var root in roots)
        {
            if (file.Tensors.Keys.Any(name => name.StartsWith(root + ".", StringComparison.Ordinal))) return file.Under(root);
        }

        return file;
    }

    private static bool IsTorch(string path)
    {
        using var file = CheckpointBytes.Open(path);
        Span<byte> start = stackalloc byte[(int)Math.Min(4, file.Length)];
        file.Read(0, start, "the first bytes");

        // A safetensors header that begins as a pickle would have 640 bytes and more, and its ninth byte is a brace.
        return ZipCheckpoint.IsZip(start) || (LegacyCheckpoint.IsPickle(start) && !IsSafetensors(file));
    }

    private static bool IsSafetensors(CheckpointBytes file)
    {
        if (file.Length < 10) return false;

        Span<byte> start = stackalloc byte[9];
        file.Read(0, start, "the first bytes");
        return start[8] == '{' && start[4..8].SequenceEqual(stackalloc byte[4]);
    }
}
