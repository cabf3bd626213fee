using Curation.Models.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace Curation.Silo.Commands;

/// <summary><c>curate models pull</c>.</summary>
internal static class ModelsPull
{
    public static async Task<int> RunAsync(ModelsSession session, string name, CancellationToken cancellationToken)
    {
        if (await session.FindAsync(name) is not { } slot) return ExitCodes.Wrong;

        Console.WriteLine($"{slot.Model}, {slot.Version}. Licence: {slot.Licence}{(slot.NonCommercial ? ": NOT FOR COMMERCIAL USE" : "")}. {slot.Project}");
        var progress = Console.IsErrorRedirected ? null : new Line();
        var pulled = await session.Services.GetRequiredService<ModelPuller>().PullAsync(slot, session.Folder, progress, cancellationToken);
        progress?.End();
        foreach (var file in pulled) Console.WriteLine($"{file.File.Name}: {file.Outcome}{(file.Path is null ? "" : $" ({file.Path}, sha256 {file.Sha256})")}");
        if (slot.Kind == SlotKind.Imported)
        {
            foreach (var checkpoint in pulled.Where(file => slot.Checkpoints.Contains(file.File) && file.Path is not null))
            {
                Console.WriteLine($"Now import it:  curate models import {slot.Slot} --checkpoint {checkpoint.Path} --output {Path.Combine(session.Folder.Path, slot.Slot)}");
            }
        }

        return ExitCodes.Done;
    }

    /// <summary>One line on a terminal, written over at every whole percent.</summary>
    private sealed class Line : IProgress<PullProgress>
    {
        private const int Megabyte = 1 << 20;

        private (string File, long Mark) _last;

        public void Report(PullProgress value)
        {
            var mark = value.Total is > 0 ? 100 * value.Bytes / value.Total.Value : value.Bytes / Megabyte;
            if (_last == (value.File, mark)) return;

            _last = (value.File, mark);
            Console.Error.Write($"\r{value.File}: {mark} {(value.Total is > 0 ? "%" : "MB")}   ");
        }

        public void End()
        {
            if (_last.File is not null) Console.Error.WriteLine();
        }
    }
}
