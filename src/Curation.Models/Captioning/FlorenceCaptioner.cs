using Curation.Models.Features;
using Curation.Models.Generation;
using Curation.Models.Running;
using Curation.Models.Speech.Whisper;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Curation.Models.Captioning;

/// <summary>Captions pictures with Florence-2 (slot <c>caption.video</c>).</summary>
public sealed class FlorenceCaptioner : IDisposable
{
    // The words that the processor puts in place of the task <MORE_DETAILED_CAPTION>.
    private const string MoreDetailedCaption = "Describe with a paragraph what is shown in the image.";

    private readonly FlorenceGraphs _graphs;
    private readonly BartTokenizer _tokenizer;
    private readonly GenerationOptions _options;
    private readonly long[] _prompt;

    /// <summary>Takes the graphs, which are closed with this.</summary>
    /// <param name="graphs">The model.</param>
    /// <param name="tokenizer">Its words.</param>
    /// <param name="beams">Sequences searched at once; 3 is what the model is published with, 1 is greedy and about three times as fast.</param>
    /// <param name="maxTokens">Longest caption.</param>
    /// <exception cref="ModelUnavailableException">Tokens and graphs do not belong together.</exception>
    public FlorenceCaptioner(FlorenceGraphs graphs, BartTokenizer tokenizer, int beams = 3, int maxTokens = 256)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (tokenizer.LargestId >= graphs.VocabularySize) throw new ModelUnavailableException($"the tokenizer knows token {tokenizer.LargestId}, but {graphs.Decoder.Path} only {graphs.VocabularySize}");

        _graphs = graphs;
        _tokenizer = tokenizer;
        _prompt = [tokenizer.Start, .. tokenizer.Encode(MoreDetailedCaption), tokenizer.End];
        _options = new GenerationOptions
        {
            // BART's decoder starts with the end token, then with the start token by force.
            StartToken = tokenizer.End,
            EndToken = tokenizer.End,
            ForcedFirstToken = tokenizer.Start,
            MaxTokens = maxTokens,
            Beams = beams,
            NoRepeatNgram = 3,
        };
    }

    /// <summary>Width and height of the picture in pixels.</summary>
    public int Side => _graphs.Side;

    /// <summary>Opens the model of a folder as the hub serves it: the graphs, and <c>tokenizer.json</c> or <c>vocab.json</c> with <c>merges.txt</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="device">Where it will run.</param>
    /// <param name="beams">Sequences searched at once.</param>
    /// <param name="maxTokens">Longest caption.</param>
    /// <returns>The captioner.</returns>
    /// <exception cref="ModelUnavailableException">A file is missing, damaged or does not fit.</exception>
    public static FlorenceCaptioner Open(string folder, ModelDevice device, int beams = 3, int maxTokens = 256)
    {
        var tokenizer = BartTokenizer.Load(folder);
        var graphs = FlorenceGraphs.Open(folder, device);
        try
        {
            return new FlorenceCaptioner(graphs, tokenizer, beams, maxTokens);
        }
        catch (ModelUnavailableException)
        {
            graphs.Dispose();
            throw;
        }
    }

    /// <summary>Captions one picture.</summary>
    /// <param name="rgb">Packed RGB24.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="cancellationToken">Looked at before every token.</param>
    /// <returns>The caption; null where the model says nothing.</returns>
    public ModelCaption? Caption(ReadOnlySpan<byte> rgb, int width, int height, CancellationToken cancellationToken = default)
    {
        var input = PictureInput.Florence2 with { Side = Side };
        var planes = new float[input.Length];
        input.Write(rgb, width, height, planes);
        return Caption(planes, cancellationToken);
    }

    /// <summary>Captions one picture that is prepared already.</summary>
    /// <param name="planes">Red, green and blue planes of <see cref="Side"/> by <see cref="Side"/>, normalised with ImageNet's statistics.</param>
    /// <param name="cancellationToken">Looked at before every token.</param>
    /// <returns>The caption; null where the model says nothing.</returns>
    public ModelCaption? Caption(ReadOnlySpan<float> planes, CancellationToken cancellationToken = default)
    {
        if (planes.Length != 3 * Side * Side) throw new ArgumentException($"{planes.Length} values are no picture of 3x{Side}x{Side}.", nameof(planes));

        using var decoding = Encode(planes);
        var generated = TextGenerator.Generate(decoding, _options, cancellationToken);
        var text = _tokenizer.Decode(generated.Tokens).Trim();
        return text.Length == 0 ? null : new ModelCaption(text, generated.MeanProbability);
    }

    /// <inheritdoc/>
    public void Dispose() => _graphs.Dispose();

    private FlorenceDecoding Encode(ReadOnlySpan<float> planes)
    {
        using var pixels = OrtTensors.FromFloats(planes, [1, 3, Side, Side], _graphs.PixelType);
        using var features = _graphs.Vision.Run(new Dictionary<string, OrtValue> { [FlorenceGraphs.PixelValues] = pixels }, [FlorenceGraphs.ImageFeatures])[0];
        using var ids = OrtTensors.Empty(TensorElementType.Int64, [1, _prompt.Length]);
        _prompt.CopyTo(ids.GetTensorMutableDataAsSpan<long>());
        using var words = _graphs.Tokens.Run(new Dictionary<string, OrtValue> { [FlorenceGraphs.InputIds] = ids }, [FlorenceGraphs.InputsEmbeds])[0];
        using var all = Join(features, words, out var length);
        var mask = OrtTensors.Empty(TensorElementType.Int64, [1, length]);
        mask.GetTensorMutableDataAsSpan<long>().Fill(1);
        var isTaken = false;
        try
        {
            var states = _graphs.Encoder.Run(
                new Dictionary<string, OrtValue> { [FlorenceGraphs.InputsEmbeds] = all, [FlorenceGraphs.AttentionMask] = mask }, [FlorenceGraphs.LastHiddenState])[0];
            isTaken = true;
            return new FlorenceDecoding(_graphs, states, mask);
        }
        finally
        {
            if (!isTaken) mask.Dispose();
        }
    }

    /// <summary>The picture's embeddings, then the words'.</summary>
    private OrtValue Join(OrtValue features, OrtValue words, out int length)
    {
        var pictureShape = features.GetTensorTypeAndShape().Shape;
        var wordShape = words.GetTensorTypeAndShape().Shape;
        if (pictureShape[2] != wordShape[2]) throw new ModelUnavailableException($"{_graphs.Vision.Path} gives embeddings of {pictureShape[2]} values, {_graphs.Tokens.Path} of {wordShape[2]}");

        var (picture, word, width) = (checked((int)pictureShape[1]), checked((int)wordShape[1]), checked((int)wordShape[2]));
        length = picture + word;
        var values = new float[length * width];
        OrtTensors.Floats(features, 0, picture * width).CopyTo(values);
        OrtTensors.Floats(words, 0, word * width).CopyTo(values.AsSpan(picture * width));
        return OrtTensors.FromFloats(values, [1, length, width], _graphs.EmbeddingType);
    }
}
