using System.Diagnostics;
using System.Text;

namespace Curation.Silo.Tests.EndToEnd;

/// <summary>The built <c>curate</c>, running as a process of its own. Disposing it leaves nothing behind.</summary>
internal sealed class CurateProcess : IAsyncDisposable
{
    // Far above any run here: reached only by a process that hangs.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Task _drained;

    private CurateProcess(Process process)
    {
        _process = process;
        _drained = Task.WhenAll(DrainAsync(process.StandardOutput, _output), DrainAsync(process.StandardError, _errors));
    }

    public static string Dll => Path.Combine(AppContext.BaseDirectory, "curate.dll");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Everything it has said so far on both streams.</summary>
    public string Said
    {
        get
        {
            lock (_output) lock (_errors) return $"{_output}{_errors}";
        }
    }

    public static CurateProcess Start(string? workingFolder, IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        StartCommand(["dotnet", Dll, .. arguments], workingFolder, environment);

    /// <summary>Starts a command line that ends in curate's, such as <c>setpriv ... dotnet curate.dll ...</c>.</summary>
    public static CurateProcess StartCommand(IReadOnlyList<string> command, string? workingFolder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingFolder ?? "",
        };
        foreach (var argument in command.Skip(1)) info.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) info.Environment[name] = value;

        var process = Process.Start(info)!;
        process.StandardInput.Close();
        return new CurateProcess(process);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<CurateResult> RunAsync(params string[] arguments)
    {
        await using var process = Start(null, null, arguments);
        return await process.ExitAsync();
    }

    /// <summary>Runs it to its end in a folder.</summary>
    public static async Task<CurateResult> RunInAsync(string workingFolder, params string[] arguments)
    {
        await using var process = Start(workingFolder, null, arguments);
        return await process.ExitAsync();
    }

    public async Task<CurateResult> ExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Kill();
            Assert.Fail($"curate did not end within {Limit}. It said:\n{Said}");
        }

        await _drained;
        return new CurateResult(_process.ExitCode, _output.ToString(), _errors.ToString());
    }

    /// <summary>SIGKILL to this process alone: its children are left to themselves, as after a crash.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
    }

    /// <summary>What Ctrl-C sends.</summary>
    public void Interrupt() => Tool.Run("kill", "-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _drained;
        _process.Dispose();
    }

    private static async Task DrainAsync(StreamReader reader, StringBuilder text)
    {
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            lock (text) text.Append(buffer, 0, read);
        }
    }
}
