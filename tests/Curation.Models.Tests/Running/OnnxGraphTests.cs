using Curation.Models.Running;
using Curation.Tests;

namespace Curation.Models.Tests.Running;

public sealed class OnnxGraphTests
{
    [Fact]
    public void A_real_graph_shows_its_inputs()
    {
        using var graph = OnnxGraph.Open(RealClips.Require("models/sig_bak_ovr.onnx"), new ModelDevice(Threads: 1));

        Assert.Equal(144160, Assert.Single(graph.Inputs).Value.Dimensions[1]);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Assert.Contains("nowhere.onnx", Assert.Throws<ModelUnavailableException>(() => OnnxGraph.Open("nowhere.onnx", new ModelDevice())).Message, StringComparison.Ordinal);
    }
}
