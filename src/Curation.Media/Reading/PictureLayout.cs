using System.Globalization;
using Curation.Media.Analysis;
using Curation.Media.Probing;

namespace Curation.Media.Reading;

/// <summary>The sizes that a request means for one source.</summary>
/// <param name="ScaledWidth">Before cutting.</param>
/// <param name="ScaledHeight">Before cutting.</param>
/// <param name="Width">What is delivered.</param>
/// <param name="Height">What is delivered.</param>
internal sealed record PictureLayout(int ScaledWidth, int ScaledHeight, int Width, int Height)
{
    public int Bytes => checked(Width * Height * 3);

    public static PictureLayout Of(VideoTrack video, PictureRequest request)
    {
        var (width, height) = (video.Width, video.Height);
        switch (request.Fit)
        {
            case PictureFit.Squash:
                return new PictureLayout(request.Width, request.Height, request.Width, request.Height);
            case PictureFit.CentreCrop:
                var cover = Math.Max((double)request.Width / width, (double)request.Height / height);
                return new PictureLayout(Math.Max(request.Width, Whole(width * cover)), Math.Max(request.Height, Whole(height * cover)), request.Width, request.Height);
            case PictureFit.ShortSide:
                var scale = Math.Min(request.Width, request.Height) / (double)Math.Min(width, height);
                (width, height) = (Whole(width * scale), Whole(height * scale));
                break;
        }

        return new PictureLayout(width, height, width, height);
    }

    /// <summary>Scales, names the colours that the stream does not name, and cuts, the last on RGB so that no colour sample is halved.</summary>
    public string Filter(VideoTrack video, PictureScaler scaler)
    {
        var input = video.ColorMatrix is null ? ":in_color_matrix=" + AnalysisArguments.AssumedMatrix(video) : "";
        const string Exact = "+accurate_rnd+full_chroma_int+full_chroma_inp";
        var scale = scaler switch
        {
            PictureScaler.PillowBicubic => $"scale={video.Width}:{video.Height}:flags=bicubic{Exact}{input},format=rgb24,scale={ScaledWidth}:{ScaledHeight}:flags=bicubic{Exact}:param0=0:param1=0.5",
            PictureScaler.Bilinear => $"scale={ScaledWidth}:{ScaledHeight}:flags=bilinear{Exact}{input},format=rgb24",
            _ => $"scale={ScaledWidth}:{ScaledHeight}:flags=bicubic{Exact}{input},format=rgb24",
        };
        var crop = (ScaledWidth, ScaledHeight) == (Width, Height) ? "" : $",crop={Width}:{Height}:{(ScaledWidth - Width) / 2}:{(ScaledHeight - Height) / 2}";
        return string.Create(CultureInfo.InvariantCulture, $"{scale}{crop},setsar=1");
    }

    private static int Whole(double length) => Math.Max(1, (int)Math.Round(length));
}
