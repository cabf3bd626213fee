using System.Globalization;

namespace Curation.Media.Samples;

/// <summary>Writes the filter graphs of the sample videos. Everything in them comes out of ffmpeg's own generators, with seeds.</summary>
/// <remarks>
/// A good sample looks like filmed material to every measurement: the camera pans a pixel a picture over a textured ground, an object
/// moves against it, nothing stays at one place of the picture (that would be a watermark), and a lamp lights for every beep.
/// The beeps come at uneven times, because an even row of them fits itself again one period later.
/// </remarks>
internal static class SampleGraph
{
    /// <summary>Pictures per second; every time below is a multiple of 1 / 25 s, so that lamp and beep start together.</summary>
    public const int PicturesPerSecond = 25;

    /// <summary>How long a lamp lights and a beep sounds.</summary>
    private const double EventSeconds = 0.12;

    // Peak of a beep -5 dBFS; the ground hiss is about 35 dB below, so that there is neither silence nor noise between beeps.
    private const double BeepAmplitude = 0.25;
    private const double HissAmplitude = 0.03;

    /// <summary>A moving picture with lamps.</summary>
    /// <param name="look">Which of the three looks, 0 to 2.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="lamps">When the lamp lights.</param>
    /// <param name="output">Label of the result.</param>
    /// <returns>A chain of filters.</returns>
    public static string Picture(int look, double seconds, IReadOnlyList<double> lamps, string output)
    {
        // Three places of the Mandelbrot set whose surroundings differ in colour and shape.
        var (x, y, scale) = look switch
        {
            0 => (-0.7436, 0.1318, 0.3),
            1 => (-0.1607, 1.0376, 0.12),
            _ => (-1.2500, 0.0200, 0.5),
        };
        var (alive, dead) = look switch { 0 => ("0xffd060", "0x702020"), 1 => ("0xe0f0ff", "0x204080"), _ => ("0xf070d0", "0x103818") };

        return Format($"mandelbrot=s=900x400:r={PicturesPerSecond}:start_x={x}:start_y={y}:start_scale={scale}:maxiter=150,{Still},crop=640:360:n:20,trim=duration={seconds},hue=h={140 * look},format=yuv420p,lutyuv=y=val*{(look == 2 ? 0.45 : 1)}[ground{look}];")
            + Format($"life=s=16x16:r={PicturesPerSecond}:seed={7 + look}:mold=25:ratio=0.4:rule=B3/S23:life_color={alive}:death_color={dead}:mold_color={dead},trim=start_frame=12:end_frame=13,{Still},scale=128:128:flags=neighbor,format=yuv420p[object{look}];")
            + Format($"[ground{look}][object{look}]overlay=x='420-45*t':y='116+90*sin(1.7*t+{look})':shortest=1,drawbox=x=40:y=40:w=128:h=96:color=white:t=fill:enable='{During(lamps)}'[{output}];");
    }

    /// <summary>One picture of <see cref="Picture"/>, standing still.</summary>
    public static string StillPicture(double seconds, string output) =>
        Picture(0, seconds, [], "moving") + Format($"[moving]{Still},trim=duration={seconds}[{output}];");

    /// <summary>Beeps over a quiet hiss.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="beeps">When a beep starts.</param>
    /// <param name="boostDecibels">How much louder the whole is recorded; what does not fit is clipped.</param>
    /// <param name="output">Label of the result.</param>
    /// <returns>A chain of filters.</returns>
    public static string Beeps(double seconds, IReadOnlyList<double> beeps, double boostDecibels, string output) =>
        Format($"aevalsrc=exprs='{BeepAmplitude}*({During(beeps)})*(sin(2*PI*880*t)+0.5*sin(2*PI*2640*t)+0.35*sin(2*PI*5280*t)+0.25*sin(2*PI*9240*t)+0.2*sin(2*PI*12320*t))':s=48000:d={seconds}[beeps];")
        + Hiss(seconds) + Format($"[beeps][hiss]amix=inputs=2:duration=first:normalize=0,volume={boostDecibels}dB,aformat=sample_fmts=s16:sample_rates=48000:channel_layouts=mono[{output}]");

    /// <summary>A spoken line over a quiet hiss, and its waveform drawn into the picture where a mouth would be.</summary>
    public static string SpokenLine(double seconds, string words, string picture, string outputPicture, string outputSound) =>
        Hiss(seconds)
        + Format($"flite=voice=rms:text='{words}',aresample=48000,adelay=200,volume=0.7[line];")
        + Format($"[hiss][line]amix=inputs=2:duration=first:normalize=0,aformat=sample_rates=48000:channel_layouts=mono,asplit[{outputSound}][drawn];")
        + Format($"[drawn]showwaves=s=256x160:mode=cline:r={PicturesPerSecond}:colors=white:draw=full[mouth];[{picture}][mouth]overlay=x='190+20*sin(t)':y='180+12*cos(1.3*t)':shortest=1[{outputPicture}]");

    /// <summary>Digital silence.</summary>
    public static string Silence(double seconds, string output) => Format($"anullsrc=r=48000:cl=mono,atrim=duration={seconds}[{output}]");

    // Rounded, because N / 25 / TB falls just short of a whole number for some N and would stand still for a picture.
    private static string Still => Format($"trim=end_frame=1,loop=loop=-1:size=1,setpts=floor(N/{PicturesPerSecond}/TB+0.5)");

    private static string Hiss(double seconds) => Format($"anoisesrc=color=pink:r=48000:amplitude={HissAmplitude}:seed=1:d={seconds}[hiss];");

    // Half a picture early, so that the picture at the very instant is lit whatever its time is rounded to.
    private static string During(IReadOnlyList<double> times) => times.Count == 0
        ? "0"
        : string.Join('+', times.Select(time => Format($"between(t,{time - (0.1 / PicturesPerSecond):0.####},{time + EventSeconds - (0.5 / PicturesPerSecond):0.####})")));

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
