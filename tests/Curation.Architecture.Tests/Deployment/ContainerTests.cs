using System.Globalization;
using System.Text.RegularExpressions;

namespace Curation.Architecture.Tests.Deployment;

/// <summary>What runs, and with which rights.</summary>
public sealed partial class ContainerTests
{
    [Fact]
    public void Images_have_a_version_that_does_not_move_under_us()
    {
        var stages = Repository.Lines(DeployFiles.Dockerfile).Select(line => Stage().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value).ToList();
        var offences = DeployFiles.Images
            .Where(entry => !stages.Contains(entry.Image) && !entry.Image.StartsWith("base-$", StringComparison.Ordinal))

            // Kustomize puts registry and tag to the name; see the test below.
            .Where(entry => entry.Image is not ("curation" or "curation-gpu"))
            .Where(entry => !entry.Image.Contains(':', StringComparison.Ordinal) || entry.Image.EndsWith(":latest", StringComparison.Ordinal))
            .Select(entry => $"{entry.File}: {entry.Image}");

        Repository.AssertNone(offences, "Name a version:");
    }

    [Fact]
    public void Kustomization_gives_every_own_image_a_version()
    {
        var images = DeployFiles.Documents("deploy/kubernetes/kustomization.yaml").Single().List("images").ToDictionary(image => image.Text("name")!, image => image.Text("newTag"));
        var offences = DeployFiles.Images
            .Where(entry => !entry.Image.Contains(':', StringComparison.Ordinal) && entry.File != DeployFiles.Dockerfile)
            .Where(entry => images.GetValueOrDefault(entry.Image) is null or "latest")
            .Select(entry => $"{entry.File}: {entry.Image}");

        Repository.AssertNone(offences, "Give it a newTag in the kustomization:");
    }

    [Fact]
    public void Kustomization_lists_every_manifest()
    {
        var listed = DeployFiles.Documents("deploy/kubernetes/kustomization.yaml").Single().Texts("resources").Select(file => $"deploy/kubernetes/{file}").ToHashSet();

        Repository.AssertNone(DeployFiles.Manifests.Where(file => !listed.Contains(file)), "Nobody applies it; list it in the kustomization:");
    }

    [Fact]
    public void Image_runs_as_a_numbered_user_that_is_not_root()
    {
        var user = Repository.Lines(DeployFiles.Dockerfile).Last(line => line.StartsWith("USER ", StringComparison.Ordinal));

        Assert.Matches(@"^USER [1-9]\d*:[1-9]\d*$", user);
    }

    [Fact]
    public void Image_holds_no_secret()
    {
        var offences = Repository.Lines(DeployFiles.Dockerfile).Where(line => SecretInImage().IsMatch(line));

        Repository.AssertNone(offences, "Whoever has the image has this; give it at run time:");
    }

    [Fact]
    public void Image_has_the_programs_that_ffmpeg_is_started_with()
    {
        var starter = Repository.Read("src/Curation.Media/Processes/ChildStarter.cs");
        Assert.Contains("\"setpriv\"", starter, StringComparison.Ordinal);

        var final = Repository.Read(DeployFiles.Dockerfile).Split("\nFROM ")[^1];
        foreach (var package in new[] { "ffmpeg", "util-linux" }) Assert.Contains($" {package} ", final, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_is_built_from_what_is_not_ignored()
    {
        var allowed = Repository.Lines(".dockerignore").Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        string[] needed =
        [
            "src", "build", "policies", "global.json", "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig",
        ];

        var included =
            from project in Repository.ProjectFiles
            where project.StartsWith("src/", StringComparison.Ordinal)
            from Match match in OutsideFile().Matches(Repository.Read(project))
            select match.Groups["path"].Value;

        Repository.AssertNone(needed.Concat(included).Where(path => !allowed.Any(open => path == open || path.StartsWith(open + "/", StringComparison.Ordinal))).Distinct(), "The build reads it; let it through in .dockerignore:");
        Repository.AssertNone(allowed.Where(path => !File.Exists(Path.Combine(Repository.Root, path)) && !Directory.Exists(Path.Combine(Repository.Root, path))), "There is no such file:");
    }

    [Fact]
    public void Pods_keep_to_the_restricted_standard()
    {
        var offences =
            from workload in DeployFiles.Workloads
            let pod = workload.Object.At("spec", "template", "spec", "securityContext")
            from container in DeployFiles.Containers(workload.Object)
            let own = container.At("securityContext")
            from problem in new[]
            {
                pod.Text("runAsNonRoot") == "true" ? null : "runAsNonRoot is not true",
                pod.Number("runAsUser") > 0 ? null : "runAsUser is root or not given",
                pod.At("seccompProfile").Text("type") == "RuntimeDefault" ? null : "seccompProfile is not RuntimeDefault",
                own.Text("allowPrivilegeEscalation") == "false" ? null : "allowPrivilegeEscalation is not false",
                own.Text("readOnlyRootFilesystem") == "true" ? null : "readOnlyRootFilesystem is not true",
                own.At("capabilities").Texts("drop").Contains("ALL") ? null : "capabilities are not dropped",
                container.At("resources", "limits").Text("memory") is null ? "has no memory limit" : null,
            }
            where problem is not null
            select $"{workload.File}: {container.Text("name")}: {problem}";

        Repository.AssertNone(offences, "The namespace admits restricted pods only:");
    }

    [Fact]
    public void Pods_run_as_the_user_of_the_image()
    {
        var user = Repository.Lines(DeployFiles.Dockerfile).Last(line => line.StartsWith("USER ", StringComparison.Ordinal))["USER ".Length..].Split(':')[0];
        var offences = DeployFiles.Silos
            .Where(silo => silo.Object.At("spec", "template", "spec", "securityContext").Text("runAsUser") != user)
            .Select(silo => silo.File);

        Repository.AssertNone(offences, $"The image's user is {user}, who owns its folders:");
    }

    [Fact]
    public void Pods_hold_no_key_to_the_cluster_as_long_as_the_program_uses_none()
    {
        var asking = Repository.SourceFiles.Where(file => Repository.Read(file).Contains("UseKubernetesHosting", StringComparison.Ordinal));

        Repository.AssertNone(asking, "It watches pods, for which they need a role and a key to the cluster's API:");
        Assert.All(DeployFiles.Workloads, workload => Assert.Equal("false", workload.Object.At("spec", "template", "spec").Text("automountServiceAccountToken")));
    }

    [Fact]
    public void Compose_services_drop_every_right_they_do_not_need()
    {
        var offences =
            from entry in DeployFiles.Services
            from problem in new[]
            {
                entry.Service.Texts("cap_drop").Contains("ALL") ? null : "cap_drop is not [ALL]",
                entry.Service.Texts("security_opt").Contains("no-new-privileges:true") ? null : "may gain privileges",
                entry.Service.Text("mem_limit") is null ? "has no mem_limit" : null,
                entry.Service.Text("privileged") is null ? null : "is privileged",
            }
            where problem is not null
            select $"{entry.Name}: {problem}";

        Repository.AssertNone(offences, "Restrict it:");
    }

    [Fact]
    public void Compose_ports_are_open_to_this_machine_only()
    {
        var offences =
            from entry in DeployFiles.Services
            from port in entry.Service.Texts("ports")
            where !port.StartsWith("127.0.0.1:", StringComparison.Ordinal)
            select $"{entry.Name}: {port}";

        Repository.AssertNone(offences, "Nothing here asks who is calling; publish it on loopback:");
    }

    [Fact]
    public void Secrets_are_named_and_never_given()
    {
        var offences = Repository.LinesWhere(Repository.TextFiles.Where(file => file.StartsWith("deploy/", StringComparison.Ordinal)), GivenSecret().IsMatch);

        Repository.AssertNone(offences.Concat(DeployFiles.Objects.Where(entry => entry.Object.Text("kind") == "Secret").Select(entry => $"{entry.File}: a Secret")), "Refer to it, and let the operator make it:");
    }

    [Fact]
    public void Silos_get_more_time_to_stop_than_they_take()
    {
        var drain = int.Parse(DefaultDrain().Match(Repository.Read(SiloSettings())).Groups["seconds"].Value, CultureInfo.InvariantCulture);
        var afterwards = StopLimit().Matches(Repository.Read("src/Curation.Silo/Hosting/SiloHost.cs")).Sum(match => int.Parse(match.Groups["seconds"].Value, CultureInfo.InvariantCulture));
        Assert.True(afterwards > 0, "SiloHost says how long handing over and stopping may take");
        var configured = ConfiguredDrain().Match(Repository.Read(DeployFiles.KubernetesSettings)) is { Success: true } match ? int.Parse(match.Groups["seconds"].Value, CultureInfo.InvariantCulture) : drain;

        Assert.NotEmpty(DeployFiles.Silos);
        Assert.All(DeployFiles.Silos, silo => Assert.True(silo.Object.At("spec", "template", "spec").Number("terminationGracePeriodSeconds") > configured + afterwards, $"{silo.File}: a stop takes up to {configured + afterwards} s"));
        Assert.All(
            DeployFiles.Services.Where(entry => entry.Name.StartsWith("silo", StringComparison.Ordinal)),
            entry => Assert.True(int.Parse(entry.Service.Text("stop_grace_period")!.TrimEnd('s'), CultureInfo.InvariantCulture) > drain + afterwards, $"{entry.Name}: a stop takes up to {drain + afterwards} s"));
    }

    private static string SiloSettings() => Repository.SourceFiles.Single(file => file.EndsWith("/SiloSettings.cs", StringComparison.Ordinal));

    [GeneratedRegex(@"(Include|Project)=""\.\./\.\./(?<path>[^""]+)""")]
    private static partial Regex OutsideFile();

    [GeneratedRegex(@" AS (?<name>[\w-]+)$")]
    private static partial Regex Stage();

    [GeneratedRegex(@"^\s*(ENV|ARG)?.*(PASSWORD|SECRET|TOKEN|ConnectionString|ACCOUNT_?KEY)\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex SecretInImage();

    // A password or an account key with something behind it that is no reference.
    [GeneratedRegex(@"(password|AccountKey|SharedAccessSignature|sig)\s*=\s*(?![$%])[^\s,;""')]", RegexOptions.IgnoreCase)]
    private static partial Regex GivenSecret();

    [GeneratedRegex(@"Drain \{ get; init; \} = TimeSpan\.FromSeconds\((?<seconds>\d+)\)")]
    private static partial Regex DefaultDrain();

    [GeneratedRegex(@"TimeSpan (HandOverLimit|StopLimit) = TimeSpan\.FromSeconds\((?<seconds>\d+)\)")]
    private static partial Regex StopLimit();

    [GeneratedRegex(@"^Curate__Silo__DrainSeconds=(?<seconds>\d+)$", RegexOptions.Multiline)]
    private static partial Regex ConfiguredDrain();
}
