using Curation.Clips;
using Curation.Clips.Deciding;
using Curation.Pipeline.WhatIf;

namespace Curation.Dashboard.Pages.WhatIf;

/// <summary>What a draft would change, as JSON.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Base">Name of the policy that the draft starts from.</param>
/// <param name="BaseSha256">Its digest.</param>
/// <param name="BaseIsOwn">Whether the data set was judged by it.</param>
/// <param name="Now">What the policy at the start makes of all clips.</param>
/// <param name="Then">What the draft makes of them.</param>
/// <param name="Gained">Clips that would come in.</param>
/// <param name="Lost">Clips that would go out.</param>
/// <param name="Limits">The draft's limits.</param>
/// <param name="GainedExamples">Some that would come in, the nearest to a limit first.</param>
/// <param name="LostExamples">Some that would go out, the nearest to a limit first.</param>
internal sealed record WhatIfJson(
    string Snapshot, string Base, string BaseSha256, bool BaseIsOwn, WhatIfJson.Yield Now, WhatIfJson.Yield Then, WhatIfJson.Count Gained, WhatIfJson.Count Lost,
    IReadOnlyList<WhatIfJson.LimitPart> Limits, IReadOnlyList<WhatIfJson.Example> GainedExamples, IReadOnlyList<WhatIfJson.Example> LostExamples)
{
    /// <summary>Makes it of a result.</summary>
    public static WhatIfJson Of(WhatIfResult result, WhatIfBase start, string snapshot, string dataset) => new(
        snapshot, start.Policy.Name, start.Policy.Sha256, start.IsOwn, Yield.Of(result.Now), Yield.Of(result.Then), Count.Of(result.Gained), Count.Of(result.Lost),
        [.. result.LimitsThen.Select(LimitPart.Of)],
        [.. result.GainedExamples.Select(example => Example.Of(example, dataset))], [.. result.LostExamples.Select(example => Example.Of(example, dataset))]);

    /// <summary>Clips and their hours.</summary>
    public sealed record Count(int Clips, double Hours)
    {
        /// <summary>Makes it of a count.</summary>
        public static Count Of(WhatIfCount count) => new(count.Clips, count.Hours);
    }

    /// <summary>What a policy makes of all clips.</summary>
    public sealed record Yield(int Clips, double Retention, Count Retained, Count Held, Count Rejected, IReadOnlyDictionary<string, Count> BySplit, IReadOnlyDictionary<string, int> RejectedBy)
    {
        /// <summary>Makes it of a yield.</summary>
        public static Yield Of(WhatIfYield yield) => new(
            yield.Clips, yield.Retention, Count.Of(yield.Retained), Count.Of(yield.Held), Count.Of(yield.Rejected), yield.BySplit.ToDictionary(entry => entry.Key, entry => Count.Of(entry.Value)), yield.ByFilter);
    }

    /// <summary>One limit's part in it.</summary>
    public sealed record LimitPart(string Measurement, double? Min, double? Max, double? MaxAbs, double? MinConfidence, IReadOnlyList<string> For, UnmeasuredRule? Unmeasured, int Rejects, int OnlyRejects, int Holds, int RetainedWithout)
    {
        /// <summary>Makes it of a limit.</summary>
        public static LimitPart Of(WhatIfLimit limit) => new(
            limit.Limit.Name, limit.Limit.Min, limit.Limit.Max, limit.Limit.MaxAbs, limit.Limit.MinConfidence, [.. limit.Limit.For.Select(split => split.ToName())], limit.Limit.Unmeasured,
            limit.Rejects, limit.OnlyRejects, limit.Holds, limit.RetainedWithout);
    }

    /// <summary>A clip that changes sides.</summary>
    public sealed record Example(string ClipId, string? Split, double DurationS, ClipOutcome From, ClipOutcome To, string Filter, double? Value, string Url)
    {
        /// <summary>Makes it of an example.</summary>
        public static Example Of(WhatIfExample example, string dataset) => new(
            example.Id, example.Split?.ToName(), example.Seconds, example.From, example.To, example.Filter, example.Value, $"/api/v1/clips/{example.Id}?dataset={dataset}");
    }
}
