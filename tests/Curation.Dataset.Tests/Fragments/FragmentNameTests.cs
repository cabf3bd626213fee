using Curation.Dataset.Fragments;

namespace Curation.Dataset.Tests.Fragments;

public sealed class FragmentNameTests
{
    private static readonly KeyValuePair<string, string>[] Methods = [new("wada-snr", "1"), new("signal-silence", "2")];
    private static readonly KeyValuePair<string, string>[] Models = [new("mos", "d1"), new("asr", "d2")];

    [Fact]
    public void Name_is_64_lower_case_hexadecimal_digits()
    {
        Assert.Matches("^[0-9a-f]{64}$", Name());
    }

    [Fact]
    public void Order_of_methods_and_models_does_not_matter()
    {
        Assert.Equal(Name(), Name(methods: [.. Methods.Reverse()], models: [.. Models.Reverse()]));
    }

    [Fact]
    public void Every_input_changes_the_name()
    {
        string[] names =
        [
            Name(),
            Name(source: "t"),
            Name(version: "2"),
            Name(methods: [new("wada-snr", "2"), new("signal-silence", "2")]),
            Name(methods: []),
            Name(min: 3),
            Name(max: 30),
            Name(policy: "q"),
            Name(models: [new("mos", "d1")]),
            Name(models: [new("mos", "d1"), new("asr", "d3")]),
            Name(licence: "CC0"),
            Name(licence: ""),
            Name(rights: "CC0"),
            FragmentName.FromUnreadable("s", "1"),
            FragmentName.FromUnreadable("t", "1"),
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void Texts_do_not_run_into_each_other()
    {
        Assert.NotEqual(Name(methods: [new("a", "bc")]), Name(methods: [new("ab", "c")]));
        Assert.NotEqual(Name(methods: [new("a", "1"), new("b", "2")], models: []), Name(methods: [new("a", "1")], models: [new("b", "2")]));
    }

    private static string Name(
        string source = "s",
        string version = "1",
        KeyValuePair<string, string>[]? methods = null,
        double min = 2,
        double max = 20,
        string policy = "p",
        KeyValuePair<string, string>[]? models = null,
        string? licence = null,
        string? rights = null) =>
        FragmentName.From(source, version, methods ?? Methods, TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max), policy, models ?? Models, licence, rights);
}
