using System.Security.Cryptography;
using System.Text;
using Klear.Model.Training.Plans;

namespace Klear.Model.Tests.Training.Plans;

public sealed class CanonicalPlanTests
{
    private const string Least = "{ name: least, model: nano, stages: [{ name: all, steps: 10, tasks: { t2v: 1, t2av: 2 } }] }";

    // Written by hand from the defaults of the records.
    private const string LeastJson = """{"name":"least","model":{"preset":"nano"},"encode":{"pictures_per_second":8,"sizes":["64x64"],"seconds":[2],"keep_uncaptioned":false,"video":{"channels":96},"audio":{"channels":512},"text":{"buckets":4096,"tokens":48}},"rope":"sequential","seed":0,"precision":"fp32","batch":8,"accumulate":1,"checkpoint_every":1000,"keep_checkpoints":3,"ema":0.999,"clip_norm":1,"activation_checkpointing":false,"optimizer":{"learning_rate":0.0001,"beta1":0.9,"beta2":0.999,"epsilon":1E-08,"weight_decay":0},"schedule":{"warmup":0,"decay":"constant","floor":0},"flow":{"time":"uniform","logit_mean":0,"logit_std":1,"shift":1,"video_weight":1,"audio_weight":1},"caption_dropout":{"video":0.1,"audio":0.1},"divergence":{"window":100,"factor":10},"stages":[{"name":"all","steps":10,"tasks":{"t2av":2,"t2v":1}}]}""";

    [Fact]
    public void Text_holds_every_default_in_one_order()
    {
        var plan = PlanFile.Parse(Least, "plan.yaml");

        Assert.Equal(LeastJson, CanonicalPlan.Json(plan));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(LeastJson))), CanonicalPlan.Sha256(plan));
    }

    [Theory]
    [InlineData("# A comment, and a default that is written out.\nmodel: { preset: nano }\nname: least\nema: 0.9990\nstages:\n- tasks: { t2av: 2.0, t2v: 1, i2v: 0 }\n  name: all\n  steps: 10")]
    [InlineData("{ name: least, model: nano, clip_norm: 1e0, flow: { logit_mean: -0 }, stages: [{ name: all, steps: +10, tasks: { t2v: 1, t2av: 2 } }] }")]
    public void Layout_order_and_written_defaults_leave_the_hash(string yaml) =>
        Assert.Equal(CanonicalPlan.Sha256(PlanFile.Parse(Least, "a")), CanonicalPlan.Sha256(PlanFile.Parse(yaml, "b")));

    [Theory]
    [InlineData("steps: 10", "steps: 11")]
    [InlineData("model: nano", "model: { preset: nano, layers: 3 }")]
    [InlineData("t2v: 1", "t2v: 1.0000001")]
    [InlineData("tasks:", "best: { by: mos, share: 1, prefer: lowest }, tasks:")]
    [InlineData("tasks:", "rebalance: {}, tasks:")]
    public void Any_change_of_a_value_changes_the_hash(string from, string to) =>
        Assert.NotEqual(CanonicalPlan.Sha256(PlanFile.Parse(Least, "a")), CanonicalPlan.Sha256(PlanFile.Parse(Least.Replace(from, to, StringComparison.Ordinal), "b")));

    [Fact]
    public void Names_in_any_script_and_settings_of_any_kind_come_back()
    {
        var plan = PlanFile.Parse("{ name: 'Lauf <1> \"ä\" 猫 🐶', model: { preset: 26b, a: 1e-3, b: \"1\", c: yes }, stages: [{ name: x, steps: 1, tasks: { i2av: 0.1 } }] }", "a");

        var back = PlanFile.Parse(CanonicalPlan.Json(plan), "b");

        Assert.Equal("Lauf <1> \"ä\" 猫 🐶", back.Name);
        Assert.Equal([0.001, null, null], back.Model.Overrides.Values.Select(setting => setting.Number));
        Assert.Equal(["0.001", "1", "yes"], back.Model.Overrides.Values.Select(setting => setting.Text));
        Assert.Equal(CanonicalPlan.Sha256(plan), CanonicalPlan.Sha256(back));
    }
}
