using Curation.Bench;

return args switch
{
    ["analysis", .. var files] when files.Length > 0 => await AnalysisBench.RunAsync(files),
    ["scheduling", var count] when int.TryParse(count, out var sources) => await SchedulingBench.RunAsync(sources),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        bench analysis FILE...     wall time of the analysis pass against 'ffmpeg -i FILE -f null -', alternating in one run
        bench scheduling COUNT     no-op sources through the grains: sources a second, and memory
        """);
    return 2;
}
