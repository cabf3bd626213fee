using Microsoft.Extensions.Configuration;

namespace Curation.Silo.Hosting.Configuration;

/// <summary>
/// Where settings come from, the later winning: <c>appsettings.json</c> beside the program, <c>--config FILE</c>,
/// a folder of secret files (<c>CURATE_SECRETS</c>: one file a key, named as in the environment), the environment, the command line.
/// </summary>
internal static class CurateConfiguration
{
    /// <summary>The environment variable that names the folder of secret files.</summary>
    public const string SecretsVariable = "CURATE_SECRETS";

    private static readonly string[] Secrets = ["password=", "accountkey=", "sas=", "sharedaccesssignature=", "sig="];

    private const string CommandLinePrefix = "--" + CurateSettings.Section + ":";

    /// <summary>Reads all of them.</summary>
    /// <param name="arguments">Arguments such as <c>--Curate:Cluster:Kind=redis</c>.</param>
    /// <param name="file">A further JSON file; null for none.</param>
    /// <exception cref="ConfigurationException">An argument or a file cannot be read.</exception>
    public static IConfigurationRoot Build(IReadOnlyList<string> arguments, string? file)
    {
        var faults = new List<string>();
        var builder = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        if (file is not null)
        {
            if (File.Exists(file)) builder.AddJsonFile(Path.GetFullPath(file));
            else faults.Add($"--config {file}: is not there.");
        }

        if (Environment.GetEnvironmentVariable(SecretsVariable) is { Length: > 0 } secrets)
        {
            if (Directory.Exists(secrets)) builder.AddKeyPerFile(Path.GetFullPath(secrets));
            else faults.Add($"{SecretsVariable}={secrets}: is no folder.");
        }

        builder.AddEnvironmentVariables();
        foreach (var argument in arguments.Where(argument => !argument.StartsWith(CommandLinePrefix, StringComparison.OrdinalIgnoreCase) || !argument.Contains('=', StringComparison.Ordinal)))
        {
            faults.Add($"{argument}: is not understood; settings are written as {CommandLinePrefix}SECTION:NAME=VALUE.");
        }

        foreach (var argument in arguments.Where(argument => Secrets.Any(secret => argument.Contains(secret, StringComparison.OrdinalIgnoreCase))))
        {
            faults.Add($"{argument[..argument.IndexOf('=', StringComparison.Ordinal)]}: holds a password or a key, which other users of this machine could read; put it into the environment or a secret file ({SecretsVariable}).");
        }

        builder.AddCommandLine([.. arguments]);
        try
        {
            var configuration = builder.Build();
            return faults.Count == 0 ? configuration : throw new ConfigurationException(faults);
        }
        catch (InvalidDataException unreadable)
        {
            faults.Add($"{unreadable.Message} {unreadable.InnerException?.Message}".Trim());
            throw new ConfigurationException(faults);
        }
    }
}
