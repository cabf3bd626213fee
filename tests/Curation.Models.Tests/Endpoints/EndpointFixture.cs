using Curation.Clips;
using Curation.Models.Endpoints;

namespace Curation.Models.Tests.Endpoints;

/// <summary>One captioner against one server, with short waits and a folder of its own.</summary>
internal sealed class EndpointFixture : IAsyncDisposable
{
    public const string Secret = "sk-test-0123456789abcdefghijklmnop";

    private readonly string _folder = Directory.CreateTempSubdirectory("endpoint-").FullName;
    private readonly List<EndpointClient> _clients = [];

    public EndpointFixture(EndpointServer server, string slot = EndpointSlots.CaptionOmni)
    {
        Server = server;
        File.WriteAllText(KeyFile, Secret + "\n");
        Options = new EndpointOptions
        {
            Slot = slot,
            Address = server.Address,
            Model = "model-a",
            KeyFile = KeyFile,
            Timeout = TimeSpan.FromSeconds(5),
            Retries = 2,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            MaxRetryAfter = TimeSpan.FromSeconds(2),
            BreakAfter = 100,
        };
    }

    public EndpointServer Server { get; }

    public EndpointOptions Options { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public LogLines Log { get; } = new();

    public string CacheFolder => Path.Combine(_folder, "answers");

    public string KeyFile => Path.Combine(_folder, "key.txt");

    public static ClipMaterial Material(string name = "a", string? transcript = null) =>
        new(new ClipId(name.PadRight(32, '0')), name.PadRight(64, '0'), 4)
        {
            Frames = [new EndpointFrame(1.5, new byte[] { 0xFF, 0xD8, 0xFF, 0xD9 })],
            Wave = "RIFF....WAVE"u8.ToArray(),
            Transcript = transcript,
        };

    public static string Caption(string binding, string text = "A dog barks twice in a quiet yard.") =>
        $$"""{"clip":"{{binding}}","caption":"{{text}}","sounds":["dog bark"],"confidence":0.8}""";

    public EndpointClient Client()
    {
        var client = new EndpointClient(Options, new AnswerCache(CacheFolder), Time, Log);
        _clients.Add(client);
        return client;
    }

    public static Task<EndpointResult<ClipCaption>> AskAsync(EndpointClient client, ClipMaterial? material = null) =>
        new EndpointCaptioner(client).CaptionAsync(material ?? Material(), TestContext.Current.CancellationToken);

    public Task<EndpointResult<ClipCaption>> AskAsync(ClipMaterial? material = null) => AskAsync(Client(), material);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
