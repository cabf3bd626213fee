using TorchSharp;
using static TorchSharp.torch;

namespace Klear.Model.Codecs.Transform;

// b batch, c channels of a latent, f latent frames, h rows and w columns of latent cells, v values of a block (3 colours x pictures x 8 x 8)

/// <summary>
/// A codec without weights: an orthonormal cosine transform of blocks of 4 pictures, 8 x 8 pixels and 3 colours, of which the coarsest
/// coefficients are kept. Colours are turned first: luma is their sum, chroma red against blue and green against both. With all 768
/// coefficients decoding gives back the pictures.
/// </summary>
/// <remarks>
/// The first picture is coded as one that stands still for a whole block: only its coefficients that do not change in time are kept, twice
/// (the root of 4) what the picture's own two-dimensional transform has, and the others are 0. Decoding reads no others from the first frame.
/// </remarks>
public sealed class TransformVideoCodec : IVideoCodec
{
    internal const int BlockPictures = 4;
    internal const int BlockSide = 8;
    private const int Colours = 3;

    private readonly Tensor _block_cv;
    private readonly Tensor _stillEncode_cv;
    private readonly Tensor _stillDecode_cv;

    /// <summary>Computes the bases.</summary>
    /// <param name="options">How many coefficients to keep; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many coefficients.</exception>
    public TransformVideoCodec(TransformVideoOptions? options = null)
    {
        options ??= new TransformVideoOptions();
        options.Check();
        Channels = options.Channels;

        var (block, stillEncode, stillDecode) = Basis(VideoCoefficient.InOrder(BlockPictures, BlockSide).Take(Channels));
        _block_cv = Rows(block);
        _stillEncode_cv = Rows(stillEncode);
        _stillDecode_cv = Rows(stillDecode);
    }

    /// <inheritdoc/>
    public string Identity => $"transform-video/1 dct 4x8x8x3 channels={Channels}";

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int TimeFactor => BlockPictures;

    /// <inheritdoc/>
    public int SpaceFactor => BlockSide;

    /// <inheritdoc/>
    public Tensor Encode(Tensor pictures_bcthw)
    {
        ArgumentNullException.ThrowIfNull(pictures_bcthw);
        var shape = pictures_bcthw.shape;
        if (shape is not [_, Colours, > 0, > 0, > 0] || shape[2] % BlockPictures != 1 || shape[3] % BlockSide != 0 || shape[4] % BlockSide != 0)
        {
            throw new ArgumentException($"pictures of shape [{string.Join(", ", shape)}] cannot be encoded: it must be [batch, 3, 1 + 4k, 8m, 8n]", nameof(pictures_bcthw));
        }

        using var scope = NewDisposeScope();
        var first_bcfhw = Project(pictures_bcthw.narrow(2, 0, 1), 1, _stillEncode_cv);
        if (shape[2] == 1) return first_bcfhw.MoveToOuterDisposeScope();

        var rest_bcfhw = Project(pictures_bcthw.narrow(2, 1, shape[2] - 1), BlockPictures, _block_cv);
        return cat([first_bcfhw, rest_bcfhw], 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Decode(Tensor latents_bcthw)
    {
        ArgumentNullException.ThrowIfNull(latents_bcthw);
        var shape = latents_bcthw.shape;
        if (shape is not [_, _, > 0, > 0, > 0] || shape[1] != Channels)
        {
            throw new ArgumentException($"latents of shape [{string.Join(", ", shape)}] cannot be decoded: it must be [batch, {Channels}, frames, rows, columns]", nameof(latents_bcthw));
        }

        using var scope = NewDisposeScope();
        var first_bcthw = Rebuild(latents_bcthw.narrow(2, 0, 1), 1, _stillDecode_cv);
        if (shape[2] == 1) return first_bcthw.MoveToOuterDisposeScope();

        var rest_bcthw = Rebuild(latents_bcthw.narrow(2, 1, shape[2] - 1), BlockPictures, _block_cv);
        return cat([first_bcthw, rest_bcthw], 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _block_cv.Dispose();
        _stillEncode_cv.Dispose();
        _stillDecode_cv.Dispose();
    }

    private Tensor Rows(float[] values) => torch.tensor(values, [Channels, values.Length / Channels]).DetachFromDisposeScope();

    private static Tensor Project(Tensor pictures_bcthw, int pictures, Tensor basis_cv)
    {
        var shape = pictures_bcthw.shape;
        long batch = shape[0], frames = shape[2] / pictures, rows = shape[3] / BlockSide, columns = shape[4] / BlockSide;
        var blocks_bfhwv = pictures_bcthw
            .reshape(batch, Colours, frames, pictures, rows, BlockSide, columns, BlockSide)
            .permute(0, 2, 4, 6, 1, 3, 5, 7)
            .reshape(batch, frames, rows, columns, -1);
        return matmul(blocks_bfhwv, basis_cv.to(pictures_bcthw.dtype, pictures_bcthw.device).t()).permute(0, 4, 1, 2, 3).contiguous();
    }

    private static Tensor Rebuild(Tensor latents_bcfhw, int pictures, Tensor basis_cv)
    {
        var shape = latents_bcfhw.shape;
        long batch = shape[0], frames = shape[2], rows = shape[3], columns = shape[4];
        return matmul(latents_bcfhw.permute(0, 2, 3, 4, 1), basis_cv.to(latents_bcfhw.dtype, latents_bcfhw.device))
            .reshape(batch, frames, rows, columns, Colours, pictures, BlockSide, BlockSide)
            .permute(0, 4, 1, 5, 2, 6, 3, 7)
            .reshape(batch, Colours, frames * pictures, rows * BlockSide, columns * BlockSide);
    }

    // A still picture is the same in all 4: to encode it, the basis is summed over time; to decode it, its first picture is enough.
    private static (float[] Block, float[] StillEncode, float[] StillDecode) Basis(IEnumerable<VideoCoefficient> coefficients)
    {
        var (colours, times, sides) = (CosineBasis.Second(Colours), CosineBasis.Second(BlockPictures), CosineBasis.Second(BlockSide));
        var (block, encode, decode) = (new List<float>(), new List<float>(), new List<float>());
        foreach (var c in coefficients)
        {
            for (var colour = 0; colour < Colours; colour++)
            {
                for (var time = 0; time < BlockPictures; time++)
                {
                    for (var pixel = 0; pixel < BlockSide * BlockSide; pixel++)
                    {
                        var still = colours[c.Colour, colour] * sides[c.Row, pixel / BlockSide] * sides[c.Column, pixel % BlockSide];
                        block.Add((float)(still * times[c.Time, time]));
                        if (time > 0) continue;

                        encode.Add(c.Time == 0 ? (float)(still * Math.Sqrt(BlockPictures)) : 0);
                        decode.Add(c.Time == 0 ? (float)(still / Math.Sqrt(BlockPictures)) : 0);
                    }
                }
            }
        }

        return ([.. block], [.. encode], [.. decode]);
    }
}
