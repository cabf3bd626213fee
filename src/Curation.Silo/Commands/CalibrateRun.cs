using Curation.Clips.Deciding;
using Curation.Pipeline.Calibration;

namespace Curation.Silo.Commands;

/// <summary>One calibration from its checks to the written policy.</summary>
internal sealed class CalibrateRun(TextWriter output, TextWriter errors)
{
    private const int ShownFaults = 50;

    public async Task<int> ExecuteAsync(CalibrateArguments arguments, CancellationToken cancellationToken)
    {
        var (policy, faults) = CalibratePreparation.Prepare(arguments);
        if (policy is null || faults.Count > 0) return await RefuseAsync(faults);

        return await DatasetSession.RunAsync(arguments.Dataset, session => CalibrateAsync(session, arguments, policy, cancellationToken), cancellationToken);
    }

    private async Task<int> CalibrateAsync(DatasetSession session, CalibrateArguments arguments, Policy policy, CancellationToken cancellationToken)
    {
        var source = new CalibrationSource(session.Store.Address, session.Manifest.Id, arguments.Policy);
        var clips = await MeasuredClipsReader.ReadAsync(session.Store, session.Manifest, policy, cancellationToken);
        if (clips.Rows == 0) return await RefuseAsync([$"{source.Dataset}: snapshot {source.Snapshot} holds no clips."]);

        CalibrationResult result;
        try
        {
            result = Calibrate(arguments, policy, clips);
        }
        catch (CalibrationException wrong)
        {
            return await RefuseAsync(wrong.Faults);
        }

        // The page first: a policy that is there is complete.
        cancellationToken.ThrowIfCancellationRequested();
        if (arguments.Html is { } html) await WholeFile.WriteAsync(html, CalibrationPage.Write(result, source, clips), arguments.Force, cancellationToken);
        await WholeFile.WriteAsync(arguments.Output, CalibrationText.Write(result, source), arguments.Force, cancellationToken);
        if (arguments.Json) await output.WriteLineAsync(CalibrateJson.Of(result, source, arguments));
        else await CalibrateListing.WriteAsync(output, result, source, arguments);
        return ExitCodes.Done;
    }

    private static CalibrationResult Calibrate(CalibrateArguments arguments, Policy policy, MeasuredClips clips)
    {
        var name = CalibratePreparation.NameOf(arguments.Output);
        return arguments.Labels is { } labels
            ? LabelCalibrator.Calibrate(policy, clips, LabelFile.Load(labels, clips.Ids.ToHashSet(StringComparer.Ordinal)), name)
            : RetentionCalibrator.Calibrate(policy, clips, arguments.Retain!.Value, name);
    }

    private async Task<int> RefuseAsync(IReadOnlyList<string> faults)
    {
        // A file of labels of another data set has as many faults as lines.
        foreach (var fault in faults.Take(ShownFaults)) await errors.WriteLineAsync($"curate: {fault}");
        if (faults.Count > ShownFaults) await errors.WriteLineAsync(string.Create(null, $"curate: ... and {faults.Count - ShownFaults} more"));
        await errors.WriteLineAsync("Nothing was written.");
        return ExitCodes.Wrong;
    }
}
