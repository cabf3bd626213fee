using System.IO.Compression;
using Curation.Models.Checkpoints;
using Curation.Models.Checkpoints.Pickling;

namespace Curation.Models.Tests.Checkpoints;

/// <summary>Files that torch.save would not write.</summary>
public sealed class CheckpointFileHostileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_hand_made_checkpoint_reads_its_tensor()
    {
        using var checkpoint = Open(TorchFile.Zip(State(pickle => pickle.Tensor(4, 1, [3], [1])), Floats(1, 2, 3, 4)));

        Assert.Equal([2f, 3f, 4f], checkpoint.Read("w").ToFloats());
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("subprocess", "Popen")]
    [InlineData("builtins", "exec")]
    [InlineData("builtins", "getattr")]
    [InlineData("torch.hub", "load")]
    [InlineData("torch", "load")]
    [InlineData("torch.nn.modules.linear", "Linear")]
    [InlineData("operator", "attrgetter")]
    [InlineData("functools", "partial")]
    [InlineData("numpyx", "thing")]
    [InlineData("pathlib", "os.system")]
    public void An_unlisted_global_is_refused_by_name_even_where_nothing_calls_it(string module, string name)
    {
        var refusal = Assert.Throws<CheckpointException>(() => Open(TorchFile.Zip(State(pickle => pickle.Global(module, name)))));

        Assert.Contains($"refused: it names {module}.{name}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_global_named_through_the_stack_is_refused_too()
    {
        var refusal = Assert.Throws<CheckpointException>(() => Open(TorchFile.Zip(State(pickle => pickle.Text("posix").Text("system").Raw(0x93)))));

        Assert.Contains("posix.system", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_configuration_becomes_a_placeholder_and_its_tensors_are_not_found()
    {
        var state = State(pickle => pickle
            .Tensor(1, 0, [1], [1])
            .Text("config").Global("omegaconf.dictconfig", "DictConfig").Op(')').Raw(0x81).Op('}').Text("_content").Tensor(1, 0, [1], [1]).Op('s').Op('b'));

        using var checkpoint = Open(TorchFile.Zip(state, Floats(5)));

        Assert.Equal(["w"], checkpoint.Tensors.Keys);
        Assert.Empty(checkpoint.Values);
    }

    [Fact]
    public void A_type_of_elements_called_as_a_function_is_refused()
    {
        var refusal = Assert.Throws<CheckpointException>(() => Open(TorchFile.Zip(State(pickle => pickle.Global("torch", "FloatStorage").Op(')').Op('R')))));

        Assert.Contains("it calls torch.FloatStorage", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 2, 3, 1, "reaches element 4")]
    [InlineData(4, -1, 2, 1, "impossible place")]
    [InlineData(4, 0, 2, -1, "impossible place")]
    [InlineData(4, 0, -2, 1, "impossible place")]
    [InlineData(4, 0, 2, 2147483647, "reaches element 2147483647")]
    [InlineData(5, 0, 2, 1, "storage 0 has 16 bytes, but its 5 elements need 20")]
    [InlineData(1, 0, 2147483647, 0, "repeats 16 bytes of storage 0 up to 8589934588")]
    public void A_tensor_outside_its_storage_is_refused_as_the_file_opens(int count, int offset, int size, int stride, string expected)
    {
        var file = TorchFile.Zip(State(pickle => pickle.Tensor(count, offset, [size], [stride])), Floats(1, 2, 3, 4));

        Assert.Contains(expected, Assert.Throws<CheckpointException>(() => Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_storage_that_is_not_in_the_file_is_refused_by_key()
    {
        Assert.Contains("its storage 0 is not in the file", Assert.Throws<CheckpointException>(() => Open(TorchFile.Zip(State(pickle => pickle.Tensor(1, 0, [1], [1]))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complex_tensor_is_told_apart_and_the_others_are_read()
    {
        var state = State(pickle => pickle.Global("torch", "float32").Text("c").Tensor(1, 0, [1], [1], "ComplexFloatStorage"));

        using var checkpoint = Open(TorchFile.Zip(state, new byte[8]));

        Assert.Equal("ComplexFloatStorage", checkpoint.Unreadable["c"]);
        Assert.Equal("torch.float32", checkpoint.Values["w"]);
        Assert.Contains("ComplexFloatStorage", Assert.Throws<CheckpointException>(() => checkpoint.Read("c")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_holds_itself_is_refused()
    {
        var state = State(pickle => pickle.Op(']').Raw((byte)'q', 1, (byte)'h', 1).Op('a'));

        Assert.Contains("holds itself", Assert.Throws<CheckpointException>(() => Open(TorchFile.Zip(state))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_that_double_thirty_times_are_refused()
    {
        // Each list holds the one before it twice: 300 bytes that name 2^30 values.
        var state = State(pickle =>
        {
            pickle.Op(']').Int(1).Op('a').Raw((byte)'q', 1);
            for (byte i = 1; i <= 30; i++) pickle.Op('0').Op(']').Op('(').Raw((byte)'h', i, (byte)'h', i).Op('e').Raw((byte)'q', (byte)(i + 1));
        });

        Assert.Contains("more than", Assert.Throws<CheckpointException>(() => Open(TorchFile.Zip(state))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_long_text_handed_to_many_calls_is_refused()
    {
        // A million characters, and a hundred calls that would each copy them.
        var state = State(pickle =>
        {
            pickle.Op(']').Op('(').Text(new string('x', 1_000_000)).Raw((byte)'q', 1);
            for (var i = 0; i < 100; i++) pickle.Global("_codecs", "encode").Raw((byte)'h', 1).Text("latin1").Raw(0x86).Op('R');
            pickle.Op('e');
        });

        Assert.Contains("its calls take more than", Assert.Throws<CheckpointException>(() => Open(TorchFile.Zip(state))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_opcodes_than_the_limit_are_refused()
    {
        var pickle = new PickleWriter().Raw([.. Enumerable.Repeat((byte)'N', PickleReader.MostOpcodes)]).Stop();

        Assert.Contains("opcodes", Assert.Throws<CheckpointException>(() => Open(TorchFile.Zip(pickle))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'X', 0xFF, 0xFF, 0xFF, 0x7F }, "are announced")]
    [InlineData(new byte[] { (byte)'R' }, "more from the stack than is there")]
    [InlineData(new byte[] { (byte)'t' }, "no mark")]
    [InlineData(new byte[] { (byte)'h', 9 }, "memo 9")]
    [InlineData(new byte[] { (byte)'K', 1, (byte)'b' }, "more from the stack")]
    [InlineData(new byte[] { (byte)'i' }, "opcode 0x69")]
    [InlineData(new byte[] { 0x80, 9 }, "protocol 9")]
    [InlineData(new byte[] { }, "ends before its STOP")]
    public void A_damaged_pickle_is_refused_with_the_byte(byte[] opcodes, string expected)
    {
        var refusal = Assert.Throws<CheckpointException>(() => Open(TorchFile.Zip(new PickleWriter().Raw(opcodes).Bytes)));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("the pickle at byte", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_compressed_record_is_refused_by_name()
    {
        var file = TorchFile.Zip(State(pickle => pickle.Text(new string('x', 500))), level: CompressionLevel.Optimal);

        Assert.Contains("archive/data.pkl is compressed", Assert.Throws<CheckpointException>(() => Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tensors_of_one_name_are_refused()
    {
        var state = State(pickle => pickle.Op('}').Text("x").Tensor(1, 0, [1], [1]).Op('s').Text("w.x").Tensor(1, 0, [1], [1]));

        Assert.Contains("'w.x'", Assert.Throws<CheckpointException>(() => Open(TorchFile.Zip(state, Floats(1)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_big_endian_file_is_refused()
    {
        var file = TorchFile.Zip(State(pickle => pickle.Int(1)), more: ("archive/byteorder", "big"u8.ToArray()));

        Assert.Contains("little-endian", Assert.Throws<CheckpointException>(() => Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_TorchScript_program_is_refused_with_what_to_do()
    {
        var file = TorchFile.Zip(State(pickle => pickle.Int(1)), more: ("archive/code/model.py", [1]));

        Assert.Contains("state_dict", Assert.Throws<CheckpointException>(() => Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_file_is_no_checkpoint()
    {
        Assert.Contains("neither", Assert.Throws<CheckpointException>(() => Open("<html>not found</html>"u8.ToArray())).Message, StringComparison.Ordinal);
        Assert.Throws<CheckpointException>(() => Open([]));
    }

    /// <summary>A dict whose key "w" gets what the caller writes; more keys may follow.</summary>
    private static byte[] State(Action<PickleWriter> value)
    {
        var pickle = new PickleWriter().Op('}').Op('(').Text("w");
        value(pickle);
        return pickle.Op('u').Stop();
    }

    private static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private PyTorchCheckpoint Open(byte[] bytes)
    {
        var path = Path.Combine(_folder, "checkpoint.pt");
        File.WriteAllBytes(path, bytes);
        return PyTorchCheckpoint.Open(path);
    }
}
