using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Curation.Architecture.Tests.Deployment;

/// <summary>The files of <c>deploy/</c>, and what they say.</summary>
internal static partial class DeployFiles
{
    public const string Dockerfile = "deploy/Dockerfile";
    public const string Compose = "deploy/compose.yaml";
    public const string Dashboard = "deploy/grafana/curation.json";
    public const string Alerts = "deploy/prometheus/alerts.yaml";
    public const string KubernetesSettings = "deploy/kubernetes/configuration.env";
    public const string Operations = "docs/operations.md";

    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();

    /// <summary>The manifests, without the list of them and without what is left to choose.</summary>
    public static IEnumerable<string> Manifests => Repository.TextFiles.Where(file =>
        file.StartsWith("deploy/kubernetes/", StringComparison.Ordinal) && file.EndsWith(".yaml", StringComparison.Ordinal) && !file.EndsWith("kustomization.yaml", StringComparison.Ordinal) && file.Count(letter => letter == '/') == 2);

    /// <summary>Every object of the manifests with its file.</summary>
    public static IEnumerable<(string File, YamlMap Object)> Objects =>
        from file in Manifests
        from document in Documents(file)
        select (file, document);

    /// <summary>The deployments and stateful sets.</summary>
    public static IEnumerable<(string File, YamlMap Object)> Workloads => Objects.Where(entry => entry.Object.Text("kind") is "Deployment" or "StatefulSet");

    /// <summary>Workloads that run a silo.</summary>
    public static IEnumerable<(string File, YamlMap Object)> Silos => Workloads.Where(entry => entry.Object.At("spec", "template", "metadata", "labels").Text("app.kubernetes.io/component") == "silo");

    /// <summary>The services of the compose file.</summary>
    public static IEnumerable<(string Name, YamlMap Service)> Services => Documents(Compose).Single().At("services").Maps;

    /// <summary>The containers of a workload.</summary>
    public static IEnumerable<YamlMap> Containers(YamlMap workload) => workload.At("spec", "template", "spec").List("containers");

    /// <summary>The documents of a YAML file, merge keys resolved.</summary>
    public static IEnumerable<YamlMap> Documents(string file)
    {
        var parser = new MergingParser(new Parser(new StringReader(Repository.Read(file))));
        parser.Consume<YamlDotNet.Core.Events.StreamStart>();
        while (parser.Accept<YamlDotNet.Core.Events.DocumentStart>(out _)) yield return new YamlMap(Yaml.Deserialize<object?>(parser));
    }

    /// <summary>Names of our own settings, such as <c>Curate__Silo__Roles__0</c>, and where they stand.</summary>
    public static IEnumerable<(string File, string Name)> SettingNames =>
        from file in Repository.TextFiles.Append(KubernetesSettings)
        where file.StartsWith("deploy/", StringComparison.Ordinal) || file == Operations
        from Match match in SettingName().Matches(Repository.Read(file))
        select (file, match.Value.Replace(":", "__", StringComparison.Ordinal));

    /// <summary>Every image that is run or built upon, and where it stands.</summary>
    public static IEnumerable<(string File, string Image)> Images =>
        Repository.Lines(Dockerfile).Select(line => From().Match(line)).Where(match => match.Success).Select(match => (Dockerfile, match.Groups["image"].Value))
            .Concat(Services.Select(service => (Compose, service.Service.Text("image")!)))
            .Concat(Workloads.SelectMany(workload => Containers(workload.Object).Select(container => (workload.File, container.Text("image")!))));

    [GeneratedRegex(@"\bCurate(?:(?:__|:)[A-Za-z0-9]+)+")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"^FROM (?<image>\S+)")]
    private static partial Regex From();
}
