using System.CommandLine;
using Klear.Model.Model;
using Klear.Model.Sampling;

namespace Klear.Model.Commands;

/// <summary><c>klear generate</c>: a prompt to a file with pictures and sound.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var checkpoint = new Option<string>("--checkpoint") { Description = "A checkpoint, or the output of 'klear train', of which the newest is taken.", HelpName = "DIR", Required = true };
        var task = new Option<string>("--task") { Description = $"What is given and made: {string.Join(", ", KlearTasks.All.Select(each => each.Name()))}. T is text, I a first picture, A sound, V pictures.", DefaultValueFactory = _ => KlearTask.T2AV.Name() };
        var prompt = new Option<string>("--prompt", "-p") { Description = "What is seen and heard.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var audioPrompt = new Option<string?>("--audio-prompt") { Description = "What is heard, where the prompt says only what is seen.", HelpName = "TEXT" };
        var speech = new Option<string>("--speech") { Description = "What is said or sung, word for word, for the tasks with text and sound.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var negative = new Option<string>("--negative") { Description = "What guidance leads away from.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var image = new Option<string?>("--image") { Description = "The first picture, for the tasks with I: PNG, JPEG or WebP.", HelpName = "FILE" };
        var output = new Option<string>("--output", "-o") { Description = "The file to write: mp4.", HelpName = "FILE", Required = true };
        var seconds = new Option<double?>("--seconds") { Description = "Length; the shortest that the model was trained on without it.", HelpName = "S" };
        var seed = new Option<long>("--seed") { Description = "The same seed gives the same pictures and sound.", HelpName = "N" };
        var steps = new Option<int>("--steps") { Description = "Steps from noise to data.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var solver = new Option<SampleSolver>("--solver") { Description = "How the steps are taken.", DefaultValueFactory = _ => SampleSolver.UniPc };
        var shift = new Option<double>("--shift") { Description = "Above 1, more of the steps are near noise.", HelpName = "X", DefaultValueFactory = _ => 1 };
        var videoGuidance = new Option<double>("--video-guidance") { Description = "How far the pictures follow the text; 1 is without guidance and twice as fast.", HelpName = "X", DefaultValueFactory = _ => 1 };
        var audioGuidance = new Option<double>("--audio-guidance") { Description = "How far the sound follows the text; 1 is without guidance.", HelpName = "X", DefaultValueFactory = _ => 1 };
        var raw = new Option<bool>("--no-ema") { Description = "Use the weights of the last step instead of their moving average." };
        var command = new Command("generate", """
            Generates pictures and sound from text, from a first picture, or from both.

            Example:  klear generate --checkpoint my-model --task t2av --prompt "a dog barks" --output dog.mp4
            Example:  klear generate --checkpoint my-model --task ti2av --prompt "a dog barks" --image dog.png --output dog.mp4
            Example:  klear generate --checkpoint my-model --prompt "a woman in a kitchen" --speech "the soup is ready" --output soup.mp4

            Exit codes:  0 the file is written · 1 it could not be made · 2 wrong command or checkpoint, nothing was started · 130 cancelled, nothing is written
            """)
        {
            checkpoint, task, prompt, audioPrompt, speech, negative, image, output, seconds, seed, steps, solver, shift, videoGuidance, audioGuidance, raw,
        };
        command.SetAction((parsed, cancellationToken) => CommandEdge.RunAsync(() =>
        {
            var request = new GenerateRequest
            {
                Task = KlearTasks.Parse(parsed.GetRequiredValue(task)),
                Prompt = parsed.GetRequiredValue(prompt),
                AudioPrompt = parsed.GetValue(audioPrompt),
                Speech = parsed.GetRequiredValue(speech),
                Negative = parsed.GetRequiredValue(negative),
                Image = parsed.GetValue(image),
                Seconds = parsed.GetValue(seconds),
                Settings = new SampleSettings
                {
                    Seed = parsed.GetValue(seed),
                    Steps = parsed.GetValue(steps),
                    Solver = parsed.GetValue(solver),
                    Shift = parsed.GetValue(shift),
                    VideoGuidance = parsed.GetValue(videoGuidance),
                    AudioGuidance = parsed.GetValue(audioGuidance),
                },
            };
            return Generation.RunAsync(parsed.GetRequiredValue(checkpoint), request, !parsed.GetValue(raw), parsed.GetRequiredValue(output), cancellationToken);
        }));
        return command;
    }
}
