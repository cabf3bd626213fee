using Curation.Clips.Measuring;
using Curation.Yaml;
using Klear.Model.Model;

namespace Klear.Model.Training.Plans;

/// <summary>Reads one stage of a plan.</summary>
internal static class StageReader
{
    private const int MaxSteps = 1_000_000_000;

    /// <summary>Reads a stage; what is wrong with it is written down.</summary>
    public static StagePlan Read(PlanSection section)
    {
        var name = section.Name("name");
        var steps = section.Require("steps", "...") is { } node ? section.Whole(node, section.PathOf("steps"), 1, MaxSteps) ?? 1 : 1;
        section.Require("tasks", "{ t2av: 1 }");
        var stage = new StagePlan(name, (int)steps, section.Weights("tasks", PlanNames.Tasks) ?? new Dictionary<KlearTask, double>())
        {
            LearningRate = section.Find("learning_rate") is { } rate ? section.Number(rate, section.PathOf("learning_rate"), new PlanRange(0, 1, LowOpen: true)) : null,
            Splits = section.Weights("splits", PlanNames.Splits),
            Best = ReadBest(section),
            Rebalance = ReadRebalance(section),
        };
        section.Close();
        return stage;
    }

    private static BestClips? ReadBest(PlanSection stage)
    {
        if (stage.Section("best") is not { } section) return null;

        var by = "";
        if (section.Require("by", "aesthetic") is { } node)
        {
            if (node is YamlScalar scalar && MeasurementCatalog.Find(scalar.Text) is not null) by = scalar.Text;
            else section.Add(node, $"{section.PathOf("by")} is {node.Kind}, which is no measurement; {NearestName.SuggestAmong((node as YamlScalar)?.Text ?? "", [.. MeasurementCatalog.All.Select(definition => definition.Name)])}");
        }

        var share = section.Require("share", "0.1") is { } number ? section.Number(number, section.PathOf("share"), new PlanRange(0, 1, LowOpen: true)) ?? 1 : 1;
        var best = new BestClips(by, share, section.Choice("prefer", false, PlanNames.Ends));
        section.Close();
        return best;
    }

    private static RebalanceRule? ReadRebalance(PlanSection stage)
    {
        if (stage.Section("rebalance") is not { } section) return null;

        var d = new RebalanceRule();
        var rule = new RebalanceRule
        {
            Every = (int)section.Whole("every", d.Every, 1, MaxSteps),
            Temperature = section.Number("temperature", d.Temperature, new PlanRange(0, 1000, LowOpen: true)),
            Smoothing = section.Number("smoothing", d.Smoothing, new PlanRange(0, 1, HighOpen: true)),
            Floor = section.Number("floor", d.Floor, new PlanRange(0, 1)),
            Ceiling = section.Number("ceiling", d.Ceiling, new PlanRange(1, 1000)),
        };
        section.Close();
        return rule;
    }
}
