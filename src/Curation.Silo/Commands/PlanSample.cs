using Curation.Grains;
using Curation.Pipeline;
using Curation.Pipeline.Planning;
using Curation.Pipeline.Runs;
using Curation.Pipeline.Sources;
using Curation.Silo.Following;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Curation.Silo.Commands;

/// <summary>Draws the sample of a plan and has it curated by a silo, as a run would be.</summary>
internal sealed class PlanSample(IHost silo, RunPlan plan, PlanFolder folder, TextWriter output, TextWriter errors, TimeProvider time)
{
    private const string WarmUp = "warm-up";

    // Beside larger sources the start of the program is nothing. Uncalibrated.
    private const long MostWarmUpBytes = 32L << 20;

    private const long TellEvery = 100_000;

    /// <summary>Lists the whole input and draws.</summary>
    public async Task<SampleDesign> DrawAsync(PlanArguments arguments, CancellationToken cancellationToken)
    {
        var sampler = new SourceSampler(plan.Input, arguments.Sample, arguments.Seed, arguments.Stratify);
        await foreach (var item in silo.Services.GetRequiredService<ICuratePipeline>().ListAsync(plan, cancellationToken))
        {
            sampler.Offer(item);
            if (sampler.Listed % TellEvery == 0) await errors.WriteLineAsync(string.Create(null, $"listed {sampler.Listed} sources"));
        }

        var design = sampler.Draw();
        var strata = new List<Stratum>();
        foreach (var stratum in design.Strata) strata.Add(stratum with { Sampled = [.. await Task.WhenAll(stratum.Sampled.Select(item => DescribeAsync(item, cancellationToken)))] });
        return design with { Strata = strata };
    }

    /// <summary>Curates something small once, so that the start of the program is not counted as work on sources.</summary>
    public async Task WarmUpAsync(SampleDesign design, CancellationToken cancellationToken)
    {
        var smallest = design.Strata.SelectMany(stratum => stratum.Sampled).Where(item => item.LocalPath is not null && item.SizeBytes <= MostWarmUpBytes).MinBy(item => item.SizeBytes);
        if (smallest is null) return;

        // Without models: what endpoints answer is paid for, and would be asked for twice.
        var list = await folder.WriteListAsync(WarmUp, [smallest], cancellationToken);
        await FollowAsync(
            plan with { RunId = RunName.Next(time), Input = list, Output = Path.Combine(folder.Path, WarmUp), ModelsFolder = null, Models = [] },
            run => new RunFollower(run, new SilentView(), time).FollowAsync(cancellationToken));
    }

    /// <summary>Curates the sample.</summary>
    public async Task<RunProgress> CurateAsync(SampleDesign design, bool json, CancellationToken cancellationToken)
    {
        var list = await folder.WriteListAsync("sample", design.Strata.SelectMany(stratum => stratum.Sampled), cancellationToken);
        return await FollowAsync(plan with { Input = list }, run => RunFollowing.FollowAsync(
            json || Console.IsOutputRedirected, output, errors, view => new RunFollower(run, view, time).FollowAsync(cancellationToken)));
    }

    private async Task<RunProgress> FollowAsync(RunPlan work, Func<IRunGrain, Task<RunProgress>> follow)
    {
        var run = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IRunGrain>(work.RunId);
        await run.StartAsync(work);
        return await follow(run);
    }

    // A list names objects as its writer spelt them; their outcomes are found under the address that their store gives them.
    private async Task<SourceItem> DescribeAsync(SourceItem item, CancellationToken cancellationToken)
    {
        if (item.LocalPath is not null || item.SizeBytes is not null) return item;

        try
        {
            return await silo.Services.GetRequiredService<ObjectSources>().DescribeAsync(item, cancellationToken);
        }
        catch (SourceFailedException)
        {
            // The run will say so.
            return item;
        }
    }

    private sealed class SilentView : IRunView
    {
        public void Show(RunProgress progress, TimeSpan elapsed)
        {
        }
    }
}
