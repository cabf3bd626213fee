using Curation.Pipeline.Training;

namespace Curation.Pipeline.Tests.Training;

public sealed class TrainerCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trainer command ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Configured_program_is_started_as_it_is()
    {
        var script = Make("train.sh");

        Assert.Equal([script], TrainerCommand.Find(script, _folder).Command);
        Assert.Contains("Curate:Trainer:Command", TrainerCommand.Find(script + "x", _folder).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Klear_in_the_repository_is_found_from_where_curate_is_built()
    {
        var klear = Make("src/Klear.Model/bin/Release/net10.0/klear.dll");
        var own = Directory.CreateDirectory(Path.Combine(_folder, "src/Curation.Silo/bin/Release/net10.0")).FullName;

        var (command, fault) = TrainerCommand.Find(null, own);

        Assert.Null(fault);
        Assert.Equal(klear, command[1]);
        Assert.True(File.Exists(command[0]), $"{command[0]} is not there");
    }

    [Fact]
    public void Klear_beside_the_program_goes_first()
    {
        Make("src/Klear.Model/bin/Release/net10.0/klear.dll");

        Assert.Equal(Make("app/klear.dll"), TrainerCommand.Find(null, Path.Combine(_folder, "app")).Command[1]);
    }

    [Fact]
    public void Missing_trainer_is_told_with_what_to_do()
    {
        var (command, fault) = TrainerCommand.Find(null, _folder);

        Assert.Empty(command);
        Assert.Contains("./klear --help", fault, StringComparison.Ordinal);
        Assert.Contains("Curate:Trainer:Command", fault, StringComparison.Ordinal);
    }

    private string Make(string name)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
