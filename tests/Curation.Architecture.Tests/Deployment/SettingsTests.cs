namespace Curation.Architecture.Tests.Deployment;

/// <summary>What the deployment tells the program is what the program reads.</summary>
public sealed class SettingsTests
{
    private static readonly string[] Scrapes = ["deploy/prometheus/prometheus.yaml", "deploy/prometheus/kubernetes.yaml"];
    private static readonly string[] Probes = ["startupProbe", "livenessProbe", "readinessProbe"];

    [Fact]
    public void Settings_of_the_deployment_exist()
    {
        var names = DeployFiles.SettingNames.ToList();
        Assert.NotEmpty(names);

        var offences = names.Distinct().Where(entry => !IsRead(entry.Name)).Select(entry => $"{entry.File}: {entry.Name}");

        Repository.AssertNone(offences, "Nothing in src/ reads a setting of this name:");
    }

    [Fact]
    public void Roles_of_the_deployment_exist()
    {
        var roles = Repository.Read(Repository.SourceFiles.Single(file => file.EndsWith("/SiloRoles.cs", StringComparison.Ordinal)));
        var named = DeployFiles.Silos.SelectMany(silo => DeployFiles.Containers(silo.Object)).SelectMany(container => container.List("env"))
            .Where(variable => variable.Text("name")!.StartsWith("Curate__Silo__Roles", StringComparison.Ordinal)).Select(variable => variable.Text("value")!).ToList();

        Assert.Equal(["media", "model", "trainer"], named.Order());
        Repository.AssertNone(named.Where(role => !roles.Contains($"\"{role}\"", StringComparison.Ordinal)), "SiloRoles knows no such role:");
    }

    [Fact]
    public void Probes_ask_what_the_program_answers()
    {
        var program = string.Concat(Repository.SourceFiles.Where(file => file.StartsWith("src/Curation.Silo/", StringComparison.Ordinal)).Select(Repository.Read));
        IEnumerable<(string File, string? Path)> probes =
            from silo in DeployFiles.Silos
            from container in DeployFiles.Containers(silo.Object)
            from probe in Probes
            select (silo.File, container.At(probe, "httpGet").Text("path"));
        List<(string File, string? Path)> asked = [.. probes.Append((DeployFiles.Dockerfile, "/health/live"))];

        Assert.All(asked, probe => Assert.NotNull(probe.Path));
        Repository.AssertNone(asked.Where(probe => !program.Contains($"\"{probe.Path}\"", StringComparison.Ordinal)).Select(probe => $"{probe.File}: {probe.Path}"), "The program has no such address:");
    }

    [Fact]
    public void Prometheus_asks_where_the_program_answers()
    {
        // Without a path of its own the endpoint is at /metrics: OpenTelemetry's default.
        Assert.Contains(Repository.SourceFiles, file => Repository.Read(file).Contains("MapPrometheusScrapingEndpoint()", StringComparison.Ordinal));
        Assert.All(
            Scrapes.SelectMany(DeployFiles.Documents).SelectMany(document => document.List("scrape_configs")),
            job => Assert.Equal(("curation", "/metrics"), (job.Text("job_name"), job.Text("metrics_path"))));
    }

    [Fact]
    public void A_silo_that_cannot_work_is_told_from_one_that_is_dead()
    {
        Assert.All(DeployFiles.Silos.SelectMany(silo => DeployFiles.Containers(silo.Object)), container =>
        {
            Assert.Equal("/health/live", container.At("livenessProbe", "httpGet").Text("path"));
            Assert.Equal("/health/ready", container.At("readinessProbe", "httpGet").Text("path"));
        });
    }

    [Fact]
    public void Volumes_hold_the_scratch_budget()
    {
        const long Gibibyte = 1L << 30;
        var budget = long.Parse(
            Repository.Lines(DeployFiles.KubernetesSettings).Single(line => line.StartsWith("Curate__Silo__ScratchBytes=", StringComparison.Ordinal)).Split('=')[1],
            System.Globalization.CultureInfo.InvariantCulture);

        Assert.All(DeployFiles.Silos, silo =>
        {
            var volume = silo.Object.At("spec", "template", "spec").List("volumes").Single(volume => volume.Text("name") == "scratch");
            var limit = volume.At("emptyDir").Text("sizeLimit")!;
            Assert.True(limit.EndsWith("Gi", StringComparison.Ordinal) && long.Parse(limit[..^2], System.Globalization.CultureInfo.InvariantCulture) * Gibibyte > budget, $"{silo.File}: {limit} hold no {budget} bytes");
        });
    }

    [Fact]
    public void Silos_of_the_compose_file_have_the_memory_that_their_sources_take()
    {
        // docs/operations.md, Sizing.
        const double Base = 1, Source = 0.6;
        var silos = DeployFiles.Services.Where(entry => entry.Name.StartsWith("silo", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(silos);
        Assert.All(silos, silo =>
        {
            var sources = double.Parse(silo.Service.At("environment").Text("Curate__Silo__Sources")!, System.Globalization.CultureInfo.InvariantCulture);
            var limit = silo.Service.Text("mem_limit")!;
            Assert.True(
                limit.EndsWith('g') && double.Parse(limit[..^1], System.Globalization.CultureInfo.InvariantCulture) >= Base + Source * sources,
                $"{silo.Name}: {limit} do not hold {sources} sources");
        });
    }

    [Fact]
    public void Silos_and_clients_reach_every_kind_of_cluster_store()
    {
        // Redis, Redis over TLS as managed ones have it, PostgreSQL.
        string[] ports = ["6379", "6380", "5432"];
        var policies = DeployFiles.Documents("deploy/kubernetes/network-policy.yaml").Where(policy => policy.At("metadata").Text("name") is "curation-silo" or "curation-client").ToList();

        Assert.Equal(2, policies.Count);
        Assert.All(policies, policy =>
        {
            var open = policy.At("spec").List("egress").SelectMany(rule => rule.List("ports")).Select(port => port.Text("port"));
            Assert.Empty(ports.Except(open));
        });
    }

    // Sections are read by XSettings or XOptions, or by somebody who names them whole.
    private static bool IsRead(string name)
    {
        var parts = name.Split("__").Where(part => !int.TryParse(part, out _)).ToArray();
        if (parts.Length == 2) return Repository.SourceFiles.Any(file => Repository.Read(file).Contains($"\"{parts[1]}\"", StringComparison.Ordinal));

        return Repository.SourceFiles
            .Where(file => Path.GetFileName(file).StartsWith(parts[1], StringComparison.Ordinal) || Repository.Read(file).Contains($"Curate:{parts[1]}", StringComparison.Ordinal))
            .Any(file => Repository.Read(file) is var text
                && (text.Contains($"\"{parts[2]}\"", StringComparison.Ordinal) || text.Contains($" {parts[2]} {{ get;", StringComparison.Ordinal)));
    }
}
