using System.Globalization;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>Small videos made by ffmpeg's generators, and a policy that keeps all of them.</summary>
internal static class MadeMedia
{
    /// <summary>No scene is turned away by it; scenes are cut into parts of 2 s at most.</summary>
    public const string KeepAll = """
        name: keep-all
        clip: { min_seconds: 0.1, max_seconds: 2.0 }
        unmeasured: pass
        limits:
          short_side_px: { min: 2 }
        """;

    /// <summary>Every scene is turned away by it.</summary>
    public const string RejectAll = """
        name: reject-all
        clip: { min_seconds: 0.1, max_seconds: 2.0 }
        unmeasured: pass
        limits:
          short_side_px: { min: 4000 }
        """;

    public static string WriteKeepAll(ScratchFolder folder) => Write(folder, "keep-all.yaml", KeepAll);

    public static string WriteRejectAll(ScratchFolder folder) => Write(folder, "reject-all.yaml", RejectAll);

    /// <summary>A moving picture with hiss.</summary>
    /// <param name="path">Where.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="seed">Other seeds give other content.</param>
    /// <param name="output">Options of the output, before the codecs' defaults.</param>
    public static void Moving(string path, double seconds = 2, int seed = 1, params string[] output) =>
        Ffmpeg([.. Sources(seconds, seed), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", .. output, "file:" + path]);

    /// <summary>The two generated inputs of <see cref="Moving"/>.</summary>
    public static string[] Sources(double seconds, int seed, string size = "192x144") =>
    [
        "-f", "lavfi", "-i", string.Create(CultureInfo.InvariantCulture, $"testsrc2=s={size}:r=25:d={seconds},rotate={seed}+t/3"),
        "-f", "lavfi", "-i", string.Create(CultureInfo.InvariantCulture, $"anoisesrc=color=pink:a=0.2:r=48000:d={seconds}:seed={seed}"),
    ];

    public static void Ffmpeg(params string[] arguments) => Tool.Run("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]);

    private static string Write(ScratchFolder folder, string name, string yaml)
    {
        var path = folder.File(name);
        System.IO.File.WriteAllText(path, yaml);
        return path;
    }
}
