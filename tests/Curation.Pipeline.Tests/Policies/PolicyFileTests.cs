using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Pipeline.Policies;
using Curation.Pipeline.Tests.Support;
using Curation.Yaml;

namespace Curation.Pipeline.Tests.Policies;

public sealed class PolicyFileTests
{
    private const string Head = "name: x\nlimits:\n";

    [Fact]
    public void Contract_example_is_read_as_it_stands()
    {
        var policy = PolicyFile.Parse(
            """
            name: klear
            clip: { min_seconds: 2.0, max_seconds: 20.0 }
            unmeasured: hold            # hold | pass | reject
            limits:
              short_side_px:   { min: 480 }
              silence_ratio:   { max: 0.20 }
              snr_db:          { min: 15 }
              mos:             { min: 3.0, for: [single_speech, multi_speech, singing] }
              sync_offset_s:   { max_abs: 0.2, min_confidence: 0.5 }
              av_similarity:   { min: 0.2, unmeasured: pass }
            """,
            "x.yaml");

        Assert.Equal("klear", policy.Name);
        Assert.Equal(TimeSpan.FromSeconds(2), policy.ClipMin);
        Assert.Equal(TimeSpan.FromSeconds(20), policy.ClipMax);
        Assert.Equal(UnmeasuredRule.Hold, policy.Unmeasured);
        Assert.Equal(["short_side_px", "silence_ratio", "snr_db", "mos", "sync_offset_s", "av_similarity"], policy.Limits.Select(limit => limit.Name));
        Assert.Equal(480, policy.Limits[0].Min);
        Assert.Equal(0.2, policy.Limits[1].Max);
        Assert.Equal([Split.SingleSpeech, Split.MultiSpeech, Split.Singing], policy.Limits[3].For);
        Assert.Equal(0.2, policy.Limits[4].MaxAbs);
        Assert.Equal(0.5, policy.Limits[4].MinConfidence);
        Assert.Equal(UnmeasuredRule.Pass, policy.Limits[5].Unmeasured);
        Assert.Equal(64, policy.Sha256.Length);
    }

    [Theory]
    [InlineData("  snr_dB: { min: 15 }\n", 3, 3, "'snr_dB' is not a measurement; did you mean 'snr_db'?")]
    [InlineData("  snr_db: { mim: 15, max: 90 }\n", 3, 13, "'mim' is not a key of the limit snr_db; did you mean 'min'?")]
    [InlineData("  snr_db: { min: 15 dB }\n", 3, 18, "snr_db.min is '15 dB'; write a number without a unit, it is read in dB")]
    [InlineData("  silence_ratio: { max: 20% }\n", 3, 25, "silence_ratio.max is '20%'; write a number without a unit, it is read in ratio")]
    [InlineData("  silence_ratio: { max: 20 }\n", 3, 25, "silence_ratio.max is 20, but silence_ratio is in ratio and lies in 0..1")]
    [InlineData("  snr_db: { min: loud }\n", 3, 18, "snr_db.min must be a finite number in dB, not 'loud'")]
    [InlineData("  snr_db: { min: '15' }\n", 3, 18, "snr_db.min must be a finite number in dB, not '15'")]
    [InlineData("  snr_db: { min: .nan }\n", 3, 18, "snr_db.min must be a finite number in dB, not '.nan'")]
    [InlineData("  snr_db: { min: [15] }\n", 3, 18, "snr_db.min must be a finite number in dB, not a list")]
    [InlineData("  snr_db: { min: 20, max: 10 }\n", 3, 18, "snr_db.min 20 is above snr_db.max 10, so nothing could pass")]
    [InlineData("  snr_db: 15\n", 3, 11, "the limit snr_db must be a set of names such as { min: ... }, not '15'")]
    [InlineData("  snr_db: {}\n", 3, 3, "snr_db has no bound; give it min, max or max_abs")]
    [InlineData("  snr_db: { min: 15, min_confidence: 0.5 }\n", 3, 38, "snr_db comes without a confidence, so min_confidence says nothing; it is for: sync_offset_s")]
    [InlineData("  sync_offset_s: { max_abs: 0.2, min_confidence: 50 }\n", 3, 50, "sync_offset_s.min_confidence is 50, but a confidence lies in 0..1")]
    [InlineData("  sync_offset_s: { max_abs: -0.2 }\n", 3, 29, "sync_offset_s.max_abs is -0.2; an absolute value is never negative, so nothing could pass")]
    [InlineData("  sync_offset_s: { min: 0, max_abs: 0.2 }\n", 3, 37, "sync_offset_s has max_abs beside min or max; keep one of the two")]
    [InlineData("  mos: { min: 3, for: [single_speach] }\n", 3, 24, "'single_speach' is not a value of mos.for; did you mean 'single_speech'?")]
    [InlineData("  mos: { min: 3, for: [singing, singing] }\n", 3, 33, "'singing' stands twice in mos.for")]
    [InlineData("  mos: { min: 3, for: singing }\n", 3, 23, "mos.for must be a list such as [single_speech]; leave it out for all splits")]
    [InlineData("  mos: { min: 3, unmeasured: keep }\n", 3, 30, "'keep' is not a value of mos.unmeasured; valid are: hold, pass, reject")]
    [InlineData("  mos: { min: 3 }\n  mos: { min: 4 }\n", 4, 3, "'mos' stands twice in limits; the first is in line 3")]
    [InlineData("  mos: { min: 3, min: 4 }\n", 3, 18, "'min' stands twice in the limit mos; the first is in line 3")]
    [InlineData("  mos: { min: !!float 3 }\n", 3, 15, "the tag 'tag:yaml.org,2002:float' is not allowed; policies have no type tags")]
    [InlineData("  mos: { min: &a 3 }\n", 3, 15, "the anchor '&a' is not allowed; write the value out")]
    public void Wrong_limit_is_told_with_its_place_and_what_would_be_right(string limits, int line, int column, string message)
    {
        var errors = ErrorsOf(Head + limits);

        Assert.Contains(new YamlError(line, column, message), errors);
    }

    [Theory]
    [InlineData("", 1, 1, "the file is empty")]
    [InlineData("limits: {}\n", 1, 1, "the policy has no name; add 'name: ...'")]
    [InlineData("name: x\n", 1, 1, "the policy has no limits; add 'limits:', or 'limits: {}' to keep everything")]
    [InlineData("- a\n", 1, 1, "a policy must be a set of names such as { name: ... }, not a list")]
    [InlineData("name: x\nlimit: {}\n", 2, 1, "'limit' is not a key of a policy; did you mean 'limits'?")]
    [InlineData("name: x\nunmeasured: hol\nlimits: {}\n", 2, 13, "'hol' is not a value of unmeasured; did you mean 'hold'?")]
    [InlineData("name: x\nclip: { min_seconds: 5, max_seconds: 5 }\nlimits: {}\n", 2, 22, "clip.min_seconds 5 must be below clip.max_seconds 5")]
    [InlineData("name: x\nclip: { min_seconds: 0 }\nlimits: {}\n", 2, 22, "clip.min_seconds is 0; it must be above 0 and at most 3600 seconds")]
    [InlineData("name: x\nclip: { min_seconds: 500ms }\nlimits: {}\n", 2, 22, "clip.min_seconds is '500ms'; write a number without a unit, it is read in seconds")]
    [InlineData("name: x\nlimits: {}\n---\nname: y\n", 3, 1, "a policy file holds one document")]
    public void Wrong_policy_is_told_with_its_place(string yaml, int line, int column, string message)
    {
        Assert.Contains(new YamlError(line, column, message), ErrorsOf(yaml));
    }

    [Fact]
    public void All_errors_come_at_once_in_the_order_of_the_file()
    {
        var exception = Assert.Throws<PolicyException>(() => PolicyFile.Parse(
            "name: x\nunmeasured: keep\nlimits:\n  snr: { min: 1 }\n  mos: { min: 7 }\n  nsfw: { max: 1, max: 2 }\n", "my.yaml"));

        Assert.Equal([2, 4, 5, 6], exception.Errors.Select(error => error.Line));
        Assert.StartsWith("my.yaml:2:13: 'keep'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(4, exception.Message.Split('\n').Length);
    }

    [Fact]
    public void Broken_yaml_is_told_with_its_place()
    {
        var error = Assert.Single(ErrorsOf("name: x\nlimits: { a: [\n"));

        Assert.StartsWith("not valid YAML", error.Message, StringComparison.Ordinal);
        Assert.True(error.Line >= 2);
    }

    [Fact]
    public void Alias_is_an_error_and_is_never_expanded()
    {
        Assert.Contains(ErrorsOf("name: &a x\nlimits: { mos: *a }\n"), error => error.Message.StartsWith("aliases are not used", StringComparison.Ordinal));
    }

    [Fact]
    public void Deep_nesting_ends_with_an_error()
    {
        var error = ErrorsOf("name: " + new string('[', 5000))[0];

        Assert.Contains("deeper", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Digest_does_not_see_comments_layout_key_order_or_written_defaults()
    {
        var terse = PolicyFile.Parse("name: x\nlimits: { mos: { min: 3, for: [singing, sound] }, sync_offset_s: { max_abs: 0.2, min_confidence: 0.5 } }", "a");
        var wordy = PolicyFile.Parse(
            """
            # a comment
            limits:
              mos:
                unmeasured: hold
                for: [sound, singing]
                min: 3.00
              sync_offset_s: { min_confidence: 5e-1, max_abs: 0.20 }
            unmeasured: hold
            clip: { max_seconds: 20, min_seconds: 2 }
            name: "x"
            """,
            "b");

        Assert.Equal(terse.Sha256, wordy.Sha256);
    }

    [Theory]
    [InlineData("name: x\nlimits: { mos: { min: 3 }, nsfw: { max: 0.1 } }")]
    [InlineData("name: x\nlimits: { nsfw: { max: 0.2 }, mos: { min: 3 } }")]
    [InlineData("name: x\nlimits: { mos: { min: 3, unmeasured: pass }, nsfw: { max: 0.2 } }")]
    [InlineData("name: x\nunmeasured: pass\nlimits: { mos: { min: 3 }, nsfw: { max: 0.2 } }")]
    [InlineData("name: x\nclip: { min_seconds: 3 }\nlimits: { mos: { min: 3 }, nsfw: { max: 0.2 } }")]
    [InlineData("name: y\nlimits: { mos: { min: 3 }, nsfw: { max: 0.2 } }")]
    public void Digest_sees_every_change_of_meaning(string other)
    {
        var policy = PolicyFile.Parse("name: x\nlimits: { mos: { min: 3 }, nsfw: { max: 0.2 } }", "a");

        Assert.NotEqual(policy.Sha256, PolicyFile.Parse(other, "b").Sha256);
    }

    [Fact]
    public void Load_takes_a_path()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "mine.yaml");
        File.WriteAllText(path, "name: mine\nlimits: { snr_db: { min: 10 } }\n");

        Assert.Equal("mine", PolicyFile.Load(path).Name);
    }

    [Fact]
    public void Load_of_an_unknown_name_suggests_the_nearest_preset()
    {
        var exception = Assert.Throws<PolicyException>(() => PolicyFile.Load("kler"));

        Assert.Equal("kler: no such file, and no preset of that name; did you mean 'klear'?", exception.Message);
    }

    [Fact]
    public void Load_refuses_a_large_file_without_reading_it_all()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "large.yaml");
        using (var stream = File.Create(path)) stream.SetLength(1L << 32);

        Assert.Contains("larger than 64 KiB", Assert.Throws<PolicyException>(() => PolicyFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_a_folder_is_a_policy_error()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<PolicyException>(() => PolicyFile.Load(folder.Path));
    }

    private static IReadOnlyList<YamlError> ErrorsOf(string yaml) => Assert.Throws<PolicyException>(() => PolicyFile.Parse(yaml, "x.yaml")).Errors;
}
