using System.Globalization;
using Curation.Dataset.Exporting;

namespace Curation.Silo.Commands;

/// <summary>What is said when an export has ended, in words or as JSON.</summary>
internal sealed class ExportSummary(TextWriter output, TextWriter errors)
{
    private const double BytesPerMegabyte = 1e6;

    public async Task WriteAsync(DatasetSession source, ExportRequest request, ExportResult result, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(DatasetSession.Json(
                new { Dataset = source.Store.Address, result.Snapshot, Format = request.Format.ToName(), Output = request.Output, result.Clips, result.Hours, result.Files, result.Bytes, result.BySplit }));
        }

        if (result.Clips == 0) await errors.WriteLineAsync(Nothing(source, request));
        else if (!json) await WriteWordsAsync(request, result);
    }

    private async Task WriteWordsAsync(ExportRequest request, ExportResult result)
    {
        var splits = string.Join(", ", result.BySplit.Select(split => Text($"{split.Key} {split.Value:N0}")));
        await output.WriteLineAsync(Text($"{result.Clips:N0} clips ({splits}), {result.Hours:0.###} hours, of snapshot {result.Snapshot} exported as {request.Format.ToName()}: {result.Files:N0} files, {result.Bytes / BytesPerMegabyte:N1} MB."));
        await output.WriteLineAsync($"Export: {request.Output}");
    }

    private static string Nothing(DatasetSession source, ExportRequest request)
    {
        var funnel = source.Manifest.Funnel;
        return Text($"NOTHING WAS EXPORTED: {source.Store.Address} has no retained clip of {string.Join(", ", request.Splits)}. Of {funnel.Clips:N0} clips {funnel.Retained:N0} are retained, {funnel.Held:N0} held and {funnel.Rejected:N0} rejected; report.html in the data set says why.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
