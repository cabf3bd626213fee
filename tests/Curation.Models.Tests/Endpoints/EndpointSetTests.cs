using Curation.Models.Endpoints;
using Microsoft.Extensions.Logging.Abstractions;

namespace Curation.Models.Tests.Endpoints;

public sealed class EndpointSetTests
{
    [Fact]
    public void Configured_slots_are_open_and_the_others_absent()
    {
        var configuration = EndpointConfiguration.Parse(
            """
            {
              "caption.omni": {"address":"http://127.0.0.1:1/v1","model":"a"},
              "caption.video_expert": {"address":"http://127.0.0.1:1/v1","model":"b"},
              "fuse": {"address":"http://127.0.0.1:1/v1","model":"c"}
            }
            """,
            "endpoints.json");
        using var endpoints = new EndpointSet(configuration, null, TimeProvider.System, NullLoggerFactory.Instance);

        Assert.Equal(["caption.video_expert video_caption", "caption.omni audio_caption"], endpoints.Captioners.Select(captioner => $"{captioner.Slot} {captioner.AnnotationKind}"));
        Assert.NotNull(endpoints.Fusion);
        Assert.Null(endpoints.Transcriber);
        Assert.Equal("c", endpoints.Find("fuse")!.Model);
        Assert.All(endpoints.Clients, client => Assert.Null(client.UnavailableReason));
    }
}
