using System.Globalization;
using Curation.Pipeline.Verifying;

namespace Curation.Silo.Commands;

/// <summary>What is said when a data set has been checked, in words or as JSON.</summary>
internal sealed class VerifySummary(TextWriter output)
{
    private const double BytesPerMegabyte = 1e6;

    public Task WriteAsync(string address, VerifyOptions options, VerifyReport report, bool json) =>
        json ? output.WriteLineAsync(DatasetSession.Json(Object(address, options, report))) : WriteWordsAsync(address, report);

    private static object Object(string address, VerifyOptions options, VerifyReport report) => new
    {
        Dataset = address,
        report.Snapshot,
        Well = report.Problems.Count == 0,
        report.Shards,
        report.Rows,
        report.Clips,
        report.MediaBytes,
        report.Strays,
        report.Sampled,
        options.Seed,
        report.Problems,
        report.Warnings,
        report.NotRun,
    };

    private async Task WriteWordsAsync(string address, VerifyReport report)
    {
        foreach (var problem in report.Problems) await output.WriteLineAsync($"{problem.Check} {problem.Path}: {problem.Problem.TrimEnd('.')}.");
        foreach (var warning in report.Warnings) await output.WriteLineAsync($"Warning: {warning}.");
        foreach (var check in report.NotRun) await output.WriteLineAsync($"NOT RUN: {check}.");
        if (report.Problems.Count + report.Warnings.Count + report.NotRun.Count > 0) await output.WriteLineAsync();

        await output.WriteLineAsync(Text($"Shards: {report.Shards - Wrong(VerifyProblem.Shard):N0} of {report.Shards:N0} as dataset.json says, {report.Rows:N0} rows."));
        await output.WriteLineAsync(Text($"Media:  {report.Clips - Wrong(VerifyProblem.Media):N0} of {report.Clips:N0} clips there and unchanged, {report.MediaBytes / BytesPerMegabyte:N1} MB read."));
        await output.WriteLineAsync(Text($"Sample: {report.Sampled - Wrong(VerifyProblem.Sample):N0} of {report.Sampled:N0} clips decode to their end and measure as their rows say."));
        await output.WriteLineAsync(report.Problems.Count == 0 ? $"{(report.NotRun.Count == 0 ? "All is well" : "What was checked is well, but not everything could be")}: snapshot {report.Snapshot}." : Text($"{report.Problems.Count:N0} problem{(report.Problems.Count == 1 ? "" : "s")} in snapshot {report.Snapshot}."));
        await output.WriteLineAsync($"Data set: {address}");

        // One file may have several problems.
        int Wrong(string check) => report.Problems.Where(problem => problem.Check == check).Select(problem => problem.Path).Distinct(StringComparer.Ordinal).Count();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
