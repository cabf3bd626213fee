namespace Curation.Yaml.Tests;

public sealed class YamlNodeReaderTests
{
    private readonly List<YamlError> _errors = [];

    [Fact]
    public void Values_know_their_places_and_names_may_stand_twice()
    {
        var root = Assert.IsType<YamlMapping>(Read("a: 1\nb: [x, 'y']\na: 2\n"));

        Assert.Empty(_errors);
        Assert.Equal(["a", "b", "a"], root.Entries.Select(entry => entry.Key.Text));
        Assert.Equal((2, 1), (root.Entries[1].Key.Line, root.Entries[1].Key.Column));
        var list = Assert.IsType<YamlSequence>(root.Entries[1].Value);
        Assert.Equal([("x", true), ("y", false)], list.Items.Cast<YamlScalar>().Select(item => (item.Text, item.IsPlain)));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("a: &x 1\nb: *x\n", "aliases are not used in notes; write the value out")]
    [InlineData("a: !!str 1\n", "notes have no type tags")]
    [InlineData("a: 1\n---\nb: 2\n", "a note file holds one document")]
    [InlineData("[[[[[[[[[[1]]]]]]]]]]", "nested deeper")]
    [InlineData("a: [1", "not valid YAML")]
    public void What_hostile_files_do_is_an_error(string text, string said)
    {
        Read(text);

        Assert.Contains(_errors, error => error.Message.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a:", true)]
    [InlineData("a: ~", true)]
    [InlineData("a: null", true)]
    [InlineData("a: 'null'", false)]
    public void Words_for_nothing_count_as_missing_unless_quoted(string text, bool missing)
    {
        var value = Assert.IsType<YamlScalar>(Assert.IsType<YamlMapping>(Read(text)).Entries[0].Value);

        Assert.Equal(missing, value.IsMissing);
    }

    private YamlNode? Read(string text) => new YamlNodeReader(_errors, "note", "notes").Read(text);
}
