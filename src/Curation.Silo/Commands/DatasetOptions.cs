using System.CommandLine;

namespace Curation.Silo.Commands;

/// <summary>The options that commands over a finished data set share.</summary>
internal static class DatasetOptions
{
    public static Option<string> Dataset() => new("--dataset", "-d")
    {
        Description = "Folder of the data set, or azblob://ACCOUNT/CONTAINER/PREFIX.",
        HelpName = "DST",
        Required = true,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document." };
}
