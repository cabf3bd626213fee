using System.CommandLine;
using Curation.Silo.Hosting;

namespace Curation.Silo.Commands;

/// <summary><c>curate dashboard</c>: the page over a finished data set, without a cluster.</summary>
internal static class DashboardCommand
{
    private const string DefaultUrl = "http://127.0.0.1:8090";

    public static Command Create()
    {
        var dataset = DatasetOptions.Dataset();
        var urls = new Option<string>("--urls") { Description = "Where to listen. Other addresses than loopback need an API key.", HelpName = "URL", DefaultValueFactory = _ => DefaultUrl };
        var command = new Command("dashboard", """
            Serves a page over a finished data set: its funnel, its clips and what was not measured. No cluster is needed; a silo serves the same page with its runs.

            Example:  curate dashboard --dataset my-dataset
                      then open http://127.0.0.1:8090

            Ctrl-C ends it.

            Exit codes:  0 ended · 2 no such data set, or the address cannot be used; nothing was started
            """)
        {
            dataset, urls,
        };
        command.SetAction((parsed, cancellationToken) => DatasetSession.RunAsync(
            parsed.GetRequiredValue(dataset),
            session => new DashboardHost(Console.Out, Console.Error).RunAsync(session.Store.Address, parsed.GetRequiredValue(urls), cancellationToken),
            cancellationToken));
        return command;
    }
}
