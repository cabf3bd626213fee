using Curation.Clips.Deciding;
using Curation.Pipeline.Modelling;
using Curation.Pipeline.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Pipeline.Tests.Modelling;

public sealed class ModelSetsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("curation-sets-");
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddCurationPipeline().BuildServiceProvider();

    private ModelSets Sets => _services.GetRequiredService<ModelSets>();

    public void Dispose()
    {
        _services.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Run_without_a_folder_of_models_has_no_set() => Assert.Null(Sets.Of(Plan("run-1") with { ModelsFolder = null }));

    [Fact]
    public void Run_that_is_missing_twice_is_let_go_of_and_one_that_is_only_young_is_not()
    {
        var (young, ended) = (Sets.Of(Plan("run-1")), Sets.Of(Plan("run-2")));

        Sets.KeepOnly(new HashSet<string>());
        Assert.Same(ended, Sets.Of(Plan("run-2")));
        Sets.KeepOnly(new HashSet<string> { "run-1" });

        Assert.Same(young, Sets.Of(Plan("run-1")));
        Assert.NotSame(ended, Sets.Of(Plan("run-2")));
    }

    [Fact]
    public void Run_that_is_missing_now_and_then_is_kept()
    {
        var set = Sets.Of(Plan("run-1"));

        Sets.KeepOnly(new HashSet<string>());
        Sets.KeepOnly(new HashSet<string> { "run-1" });
        Sets.KeepOnly(new HashSet<string>());

        Assert.Same(set, Sets.Of(Plan("run-1")));
    }

    private RunPlan Plan(string runId) =>
        new(runId, _folder.FullName, _folder.FullName, new Policy("everything") { Sha256 = new string('a', 64) }) { ModelsFolder = _folder.FullName };
}
