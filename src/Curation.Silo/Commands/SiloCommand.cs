using System.CommandLine;
using Curation.Silo.Hosting;

namespace Curation.Silo.Commands;

/// <summary><c>curate silo</c>: one member of a cluster.</summary>
internal static class SiloCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "silo";

    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "A JSON file with settings; it wins over appsettings.json beside the program.", HelpName = "FILE" };
        var logFormat = new Option<string>("--log-format")
        {
            Description = "How the log is written: json (an object a line) or text.",
            HelpName = "json|text",
            DefaultValueFactory = _ => "json",
        };
        logFormat.AcceptOnlyFromAmong("json", "text");

        var command = new Command(Name, """
            Runs one silo: it joins the configured cluster, takes up sources and answers 'curate run --cluster', 'curate runs' and 'curate schedule'.

            Example:  curate silo
                      one silo with its state in files; submit with 'curate run --cluster 127.0.0.1:30000 ...'
            Cluster:  Curate__Cluster__Kind=redis Curate__Cluster__ConnectionString=redis-host:6379 curate silo
                      curate silo --Curate:Cluster:Kind=redis --Curate:Cluster:ConnectionString=redis-host:6379 --Curate:Silo:Roles=media

            Settings, each also in the environment (Curate__Cluster__Kind) or in appsettings.json:
              Curate:Cluster:Kind                 local (files, one silo), redis or postgres                   local
              Curate:Cluster:ConnectionString     Redis' or PostgreSQL's; keep passwords in the environment
                                                  or in a folder of secret files named by CURATE_SECRETS
              Curate:Cluster:ClusterId, ServiceId names of the cluster and of its state                        curate
              Curate:Silo:Roles                   media, model, trainer, with commas between                   all
              Curate:Silo:AdvertisedAddress       where others find this silo                                  127.0.0.1
              Curate:Silo:ListenAddress           where it listens, if something in between leads there        the advertised one
              Curate:Silo:SiloPort, GatewayPort   ports for silos and for clients                              11111, 30000
              Curate:Silo:HttpUrl                 health, metrics, dashboard                                   http://127.0.0.1:8080
              Curate:Dashboard:Enabled            whether there is a dashboard                                 true
              Curate:Dashboard:ApiKeyFile         a file with the key that it asks for; without a key or a
                                                  provider it listens on loopback only
              Curate:Dashboard:PublicUrl          what people type where a proxy stands in front
              Curate:Dashboard:OpenIdConnect:...  Authority, ClientId, ClientSecretFile
              Curate:Silo:Sources                 sources at once on this silo                                 its cores
              Curate:Silo:MemoryBytes             memory for decoders and encoders; who finds no room waits    3/4 of the machine's
              Curate:Silo:ScratchFolder           files that live while a source is in work                    curate in the temporary folder
              Curate:Silo:ScratchBytes            the most of them                                             64 GiB
              Curate:Silo:StateFolder             state and reminders of kind local
              Curate:Silo:DrainSeconds            how long sources may go on after SIGTERM                     60
              Curate:Blob:ConnectionString        of the account that it names; others: Curate:Blob:Accounts:NAME:{ConnectionString|
                                                  AccountKey|Sas|ServiceUrl}, else the machine's identity
              Curate:Models:Device:Provider       cpu, or cuda and tensorrt in a build with -p:OnnxGpu=true    cpu
              Curate:Models:Device:DeviceId       which GPU                                                    0
              Curate:Models:Device:Threads        threads of one question                                      ONNX Runtime's choice
              Curate:Models:Batch:MaxSize         questions to one model that are asked together               8
                      ...:MaxDelayMilliseconds    how long the first of them waits for others                  20
                      ...:QueueLength             how many may wait                                            64
              Curate:Models:SlotDevices:SLOT:...  the same for one slot of 'curate models list'
              Curate:Models:SlotBatches:SLOT:...
              Curate:Trainer:Command              the program (or .dll) that the role trainer starts           klear, beside curate or built
              Curate:Telemetry:OtlpEndpoint       an OpenTelemetry collector, such as http://collector:4317    none

            SIGTERM or Ctrl-C drains: no new sources, those in work go on for DrainSeconds, the rest is taken up by other silos.
            A second one ends the process at once; no work is lost by that either.
            GET /health/live, /health/ready, /metrics, the dashboard at / and its API's document at /openapi/v1.json.

            Exit codes:  0 drained and stopped · 1 the silo could not go on · 2 wrong configuration, nothing started ·
                         130 ended at once by a second signal
            """)
        {
            config, logFormat,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => SiloHost.RunAsync(
            parsed.UnmatchedTokens, parsed.GetValue(config), parsed.GetRequiredValue(logFormat) == "json", Console.Error, TimeProvider.System, cancellationToken));
        return command;
    }
}
