using Curation.Models.Contracts;
using Curation.Models.Running;

namespace Curation.Models.Tests.Contracts;

public sealed class LabelListTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("labels").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Labels_stand_in_the_order_of_their_numbers()
    {
        var labels = LabelList.FromConfig(Write("""{"model_type": "vit", "id2label": {"10": "k", "2": "c", "0": "a", "1": "b", "3": "d", "4": "e", "5": "f", "6": "g", "7": "h", "8": "i", "9": "j"}}"""));

        Assert.Equal(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"], labels.Labels);
        Assert.Equal(10, labels.IndexOf("K"));
        Assert.Null(labels.IndexOf("z"));
    }

    [Theory]
    [InlineData("""{"id2label": {"0": "a", "2": "c"}}""")]
    [InlineData("""{"id2label": ["a", "b"]}""")]
    [InlineData("""{"label2id": {}}""")]
    [InlineData("{")]
    public void A_config_without_labels_is_refused_by_its_path(string json)
    {
        var path = Write(json);

        Assert.Contains(path, Assert.Throws<ModelUnavailableException>(() => LabelList.FromConfig(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_config_says_what_to_put_where()
    {
        Assert.Contains("config.json", Assert.Throws<ModelUnavailableException>(() => LabelList.FromConfig(Path.Combine(_folder, "config.json"))).Message, StringComparison.Ordinal);
    }

    private string Write(string json)
    {
        var path = Path.Combine(_folder, "config.json");
        File.WriteAllText(path, json);
        return path;
    }
}
