using Curation.Media.Probing;
using Curation.Media.Reading;
using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Data;

// b batch, c colours, t pictures, h rows, w columns, n samples

/// <summary>Pictures and sound of clips as the tensors that codecs take, and back.</summary>
public static class ClipTensors
{
    private const float HalfRange = 127.5f;

    /// <summary>Pictures for a codec.</summary>
    /// <param name="pictures">Decoded pictures.</param>
    /// <returns>[1, 3, pictures, rows, columns] in [-1, 1]; in the caller's dispose scope.</returns>
    public static Tensor ToTensor(this ClipPictures pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        using var scope = NewDisposeScope();
        var bytes_bthwc = torch.tensor(pictures.Rgb, [1, pictures.Count, pictures.Height, pictures.Width, 3]);
        return ((bytes_bthwc.permute(0, 4, 1, 2, 3).to_type(ScalarType.Float32) / HalfRange) - 1).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Sound for a codec.</summary>
    /// <param name="sound">Mono sound.</param>
    /// <returns>[1, samples]; in the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">It has more than one channel.</exception>
    public static Tensor ToTensor(this ClipSound sound)
    {
        ArgumentNullException.ThrowIfNull(sound);
        if (sound.Channels != 1) throw new ArgumentException($"sound of {sound.Channels} channels is no mono sound", nameof(sound));

        return torch.tensor(sound.Samples, [1, sound.Samples.Length]);
    }

    /// <summary>Pictures that a codec decoded.</summary>
    /// <param name="pictures_cthw">[3, pictures, rows, columns]; what leaves [-1, 1] is clipped, what is no number is grey.</param>
    /// <param name="picturesPerSecond">Rate.</param>
    /// <returns>The pictures.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public static ClipPictures ToPictures(this Tensor pictures_cthw, int picturesPerSecond)
    {
        ArgumentNullException.ThrowIfNull(pictures_cthw);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(picturesPerSecond);
        var shape = pictures_cthw.shape;
        if (shape is not [3, > 0, > 0, > 0]) throw new ArgumentException($"a tensor of [{string.Join(", ", shape)}] is no clip of pictures: it must be [3, pictures, rows, columns]", nameof(pictures_cthw));

        using var scope = NewDisposeScope();
        var bytes_thwc = ((pictures_cthw.detach().cpu().to_type(ScalarType.Float32).nan_to_num(0) + 1) * HalfRange).round().clamp(0, 255).to_type(ScalarType.Byte).permute(1, 2, 3, 0).contiguous();
        return new ClipPictures { Count = (int)shape[1], Height = (int)shape[2], Width = (int)shape[3], Rate = new Rational(picturesPerSecond, 1), Rgb = bytes_thwc.bytes.ToArray() };
    }

    /// <summary>Sound that a codec decoded.</summary>
    /// <param name="sound_n">[samples]; as it is, not clipped.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <returns>Mono sound.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public static ClipSound ToSound(this Tensor sound_n, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(sound_n);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        if (sound_n.shape is not [> 0]) throw new ArgumentException($"a tensor of [{string.Join(", ", sound_n.shape)}] is no mono sound: it must be [samples]", nameof(sound_n));

        using var scope = NewDisposeScope();
        return new ClipSound { Samples = [.. sound_n.detach().cpu().to_type(ScalarType.Float32).contiguous().data<float>()], Rate = sampleRate, Channels = 1, PaddedBefore = 0, PaddedAfter = 0 };
    }
}
