using Curation.Bench;
using Curation.Models.Graphs;

return args switch
{
    ["analysis", .. var files] when files.Length > 0 => await AnalysisBench.RunAsync(files),
    ["stages", var file] => await StagesBench.RunAsync(file),
    ["models", var folder, .. var sounds] => await ModelsBench.RunAsync(folder, sounds),
    ["scheduling", var count] when int.TryParse(count, out var sources) => await SchedulingBench.RunAsync(sources, silos: 1),
    ["scheduling", var count, "--silos", var several] when int.TryParse(count, out var sources) && short.TryParse(several, out var silos) && silos > 0 => await SchedulingBench.RunAsync(sources, silos),
    ["import-full", "sync" or "semantic", .. var half] => ImportFullBench.Run(args[1], half is ["--fp16"] ? GraphPrecision.Half : GraphPrecision.Full),
    ["rejudge", var folder, var count] when int.TryParse(count, out var clips) => await RejudgeBench.RunAsync(folder, clips),
    ["browse", var folder] => await BrowseBench.RunAsync(folder),
    ["dedup", var folder, var count] when int.TryParse(count, out var signed) => await DedupBench.RunAsync(folder, signed),
    ["what-if", var folder] => await WhatIfBench.RunAsync(folder),
    ["features"] => FeaturesBench.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        bench analysis FILE...     wall time of the analysis pass against 'ffmpeg -i FILE -f null -', alternating in one run
        bench stages FILE          what each stage costs on one core
        bench import-full SLOT [--fp16]  sync or semantic at the published size, random weights: file size, time and memory of import, load and run
        bench models DIR [FILE...]  DNSMOS and VAD on one core: times real time on the sound of videos, and batched
        bench scheduling COUNT [--silos N]  no-op sources through the grains: sources a second, memory, size of the checkpoint, and with several silos the time to go on after the run's own was killed
        bench rejudge FOLDER COUNT  makes a data set of so many clips in FOLDER, and judges it again when it is there: time and memory
        bench browse FOLDER        looks through the data set that 'bench rejudge' made: time of opening and of pages
        bench dedup FOLDER COUNT   makes a data set of so many clips with signatures in FOLDER, and finds its copies when it is there: time and memory
        bench what-if FOLDER       moves limits over the data set that rejudge made: time until the new yields are there, and memory
        bench features             how many times faster than real time the models' front-ends are on one core
        """);
    return 2;
}
