using Curation.Grains;
using Spectre.Console;

namespace Curation.Silo.Following;

/// <summary>Chooses the view of a run: live on a terminal, plain lines elsewhere.</summary>
internal static class RunFollowing
{
    /// <summary>Follows with the view that suits.</summary>
    /// <param name="json">Whether the output is for a program, so that progress goes to the errors.</param>
    /// <param name="output">Where plain lines go.</param>
    /// <param name="errors">Where they go beside JSON.</param>
    /// <param name="follow">Follows with a view.</param>
    public static Task<RunProgress> FollowAsync(bool json, TextWriter output, TextWriter errors, Func<IRunView, Task<RunProgress>> follow) =>
        !json && AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? AnsiConsole.Live(new Text("")).AutoClear(true).StartAsync(display => follow(new LiveView(display)))
            : follow(new PlainView(json ? errors : output));
}
