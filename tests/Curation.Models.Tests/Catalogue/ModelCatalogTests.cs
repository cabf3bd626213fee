using System.Text;
using Curation.Models.Catalogue;
using Curation.Models.Faces;
using Curation.Models.Quality;
using Curation.Models.Running;
using Curation.Models.Voice;
using Curation.Tests;

namespace Curation.Models.Tests.Catalogue;

public sealed class ModelCatalogTests
{
    [Fact]
    public void The_embedded_catalogue_has_every_slot()
    {
        Assert.Equal(
            ["mos", "vad", "face", "sync", "semantic", "aesthetic", "safety", "scene", "tagger", "speaker", "speaker_attributes", "asr.whisper", "asr.sensevoice",
                "caption.video", "caption.omni", "asr.omni", "caption.gemini", "caption.video_expert", "fuse"],
            ModelCatalog.LoadEmbedded().Slots.Select(slot => slot.Slot));
    }

    [Theory]
    [InlineData("semantic")]
    [InlineData("speaker_attributes")]
    public void Licences_that_forbid_commercial_use_are_marked(string slot)
    {
        Assert.True(ModelCatalog.LoadEmbedded().Find(slot)!.NonCommercial);
    }

    [Theory]
    [InlineData("mos")]
    [InlineData("vad")]
    [InlineData("face")]
    public void Hashes_of_the_small_models_are_those_of_the_files(string slot)
    {
        var file = Assert.Single(ModelCatalog.LoadEmbedded().Find(slot)!.Files);
        using var stream = File.OpenRead(RealClips.Require($"models/{file.Name}"));

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream)), file.Sha256);
    }

    [Fact]
    public void Contracts_of_adapters_and_catalogue_agree()
    {
        var catalog = ModelCatalog.LoadEmbedded();

        AssertSame(catalog, "mos", DnsMos.Inputs, DnsMos.Outputs);
        AssertSame(catalog, "vad", SileroVad.Inputs, SileroVad.Outputs);
        AssertSame(catalog, "face", YuNet.Inputs, YuNet.Outputs);
    }

    [Fact]
    public void Every_error_is_said_at_once()
    {
        const string Json = """
            { "extra": 1, "slots": [
              { "slot": "Mos!", "kind": "thing", "model": "m", "version": "1", "licence": "MIT", "project": "http://plain.example", "cited_by": [],
                "files": [ { "name": "../x.onnx", "sha256": "12" }, { "name": "y.onnx", "url": "https://e.example/y", "inputs": [ { "name": "a", "type": "float64", "shape": [0] } ] } ] },
              { "slot": "e", "kind": "endpoint", "model": "m", "version": "1", "licence": "x", "non_commercial": false, "project": "https://e.example", "cited_by": ["a"] },
              { "slot": "e", "kind": "imported", "model": "m", "version": "1", "licence": "x", "non_commercial": false, "project": "https://e.example", "cited_by": ["a"], "files": [ { "name": "a.onnx" } ] }
            ] }
            """;

        var errors = Assert.Throws<CatalogException>(() => Parse(Json)).Errors;

        string[] wanted =
        [
            "there is no key 'extra'", "its name may have small letters", "does not say 'non_commercial'", "has no 'cited_by'", "'kind' is 'thing'",
            "is not a plain file name", "'sha256' is not 64", "there is no type 'float64'", "a size is 0", "is not an https address", "has no 'endpoint'",
            "'checkpoints' belong to imported slots", "stands here more than once", "has neither an address nor 'by_hand'",
        ];
        Assert.All(wanted, part => Assert.Contains(errors, error => error.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_no_JSON_is_said_with_its_line()
    {
        Assert.Contains("LineNumber: 1", Assert.Throws<CatalogException>(() => Parse("{\n nonsense")).Message, StringComparison.Ordinal);
    }

    private static ModelCatalog Parse(string json) => ModelCatalog.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)), "test.json");

    private static void AssertSame(ModelCatalog catalog, string slot, IReadOnlyList<TensorContract> inputs, IReadOnlyList<TensorContract> outputs)
    {
        var file = Assert.Single(catalog.Find(slot)!.Files);
        Assert.Equal(inputs.Select(tensor => tensor.ToString()), file.Inputs.Select(tensor => tensor.ToString()));
        Assert.Equal(outputs.Select(tensor => tensor.ToString()), file.Outputs.Select(tensor => tensor.ToString()));
    }
}
