namespace Curation.Models.Features;

/// <summary>How a model that looks at single pictures wants them: size, kernel, crop and scale. The presets repeat the models' own pre-processing.</summary>
/// <param name="Side">Width and height of the input.</param>
/// <param name="Filter">Kernel of the resizing.</param>
/// <param name="CropsCentre">Resizes the shorter side and crops the middle; otherwise the picture is squeezed to a square.</param>
/// <param name="Scale">Means and deviations.</param>
public sealed record PictureInput(int Side, ResizeFilter Filter, bool CropsCentre, ChannelScale Scale)
{
    /// <summary>CLIP ViT-L/14 (slot <c>aesthetic</c>) and ImageBind: 224, bicubic, centre crop.</summary>
    public static PictureInput Clip { get; } = new(224, ResizeFilter.Bicubic, CropsCentre: true, ChannelScale.Clip);

    /// <summary>ViT classifiers such as the slot <c>safety</c>: squeezed to 224 bilinearly, values -1..1.</summary>
    public static PictureInput VisionTransformer { get; } = new(224, ResizeFilter.Bilinear, CropsCentre: false, ChannelScale.Halves);

    /// <summary>Florence-2: squeezed to 768 bicubically, ImageNet's statistics.</summary>
    public static PictureInput Florence2 { get; } = new(768, ResizeFilter.Bicubic, CropsCentre: false, ChannelScale.ImageNet);

    /// <summary>Values of one picture: 3 planes of <see cref="Side"/> by <see cref="Side"/>.</summary>
    public int Length => RgbPictures.Channels * Side * Side;

    /// <summary>Writes a picture as the model wants it.</summary>
    /// <param name="rgb">Packed RGB24.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="planes">Takes <see cref="Length"/> values: channels, rows, columns.</param>
    public void Write(ReadOnlySpan<byte> rgb, int width, int height, Span<float> planes) => Scale.Write(Pixels(rgb, width, height), planes);

    /// <summary>The picture in the model's size, before normalisation.</summary>
    /// <param name="rgb">Packed RGB24.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <returns>Packed RGB24 of <see cref="Side"/> by <see cref="Side"/>.</returns>
    public byte[] Pixels(ReadOnlySpan<byte> rgb, int width, int height)
    {
        if (!CropsCentre) return PictureResizer.Resize(rgb, width, height, Side, Side, Filter);

        // torchvision's Resize: the longer side is rounded down.
        RgbPictures.Require(rgb, 1, width, height, nameof(rgb));
        var newWidth = width <= height ? Side : (int)((long)Side * width / height);
        var newHeight = width <= height ? (int)((long)Side * height / width) : Side;
        var resized = PictureResizer.Resize(rgb, width, height, newWidth, newHeight, Filter);
        return Crop(resized, newWidth, RgbPictures.CentredCrop(newWidth, Side), RgbPictures.CentredCrop(newHeight, Side));
    }

    private byte[] Crop(ReadOnlySpan<byte> rgb, int width, int left, int top)
    {
        var row = Side * RgbPictures.Channels;
        var crop = new byte[Side * row];
        for (var y = 0; y < Side; y++) rgb.Slice((((top + y) * width) + left) * RgbPictures.Channels, row).CopyTo(crop.AsSpan(y * row));
        return crop;
    }
}
