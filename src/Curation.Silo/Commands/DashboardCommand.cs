using System.CommandLine;
using Curation.Silo.Hosting;

namespace Curation.Silo.Commands;

/// <summary><c>curate dashboard</c>: the page over a finished data set, without a cluster.</summary>
internal static class DashboardCommand
{
    /// <summary>The option of the key's file.</summary>
    public const string KeyFileOption = "--api-key-file";

    /// <summary>The option of the address.</summary>
    public const string UrlOption = "--urls";

    private const string DefaultUrl = "http://127.0.0.1:8090";

    public static Command Create()
    {
        var dataset = DatasetOptions.Dataset();
        var url = new Option<string>(UrlOption) { Description = "Where to listen. Another address than loopback needs an API key or OpenID Connect.", HelpName = "URL", DefaultValueFactory = _ => DefaultUrl };
        var keyFile = new Option<string?>(KeyFileOption) { Description = "File with the API key that people and programs must give, at least 32 characters.", HelpName = "FILE" };
        var command = new Command("dashboard", """
            Serves a page over a finished data set: its funnel, its clips, and what was not measured. No cluster is needed; a silo serves the same page with its runs.

            Example:  curate dashboard --dataset my-dataset
                      then open http://127.0.0.1:8090
            Others:   openssl rand -hex 32 > key && chmod 600 key
                      curate dashboard --dataset my-dataset --urls http://0.0.0.0:8090 --api-key-file key

            Settings as for a silo, such as Curate__Dashboard__PublicUrl and Curate__Dashboard__OpenIdConnect__Authority: curate silo --help.
            Ctrl-C ends it.

            Exit codes:  0 ended · 1 it could not go on · 2 no such data set, or the address cannot be used; nothing was started
            """)
        {
            dataset, url, keyFile,
        };
        command.SetAction((parsed, cancellationToken) => DatasetSession.RunAsync(
            parsed.GetRequiredValue(dataset),
            session => new DashboardHost(Console.Out, Console.Error).RunAsync(session.Store.Address, parsed.GetRequiredValue(url), parsed.GetValue(keyFile), cancellationToken),
            cancellationToken));
        return command;
    }
}
