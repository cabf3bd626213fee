using System.Numerics;
using System.Text;

namespace Curation.Models.Checkpoints.Pickling;

/// <summary>
/// A pickle machine that cannot run anything. A global is a name; only the names that <see cref="PickleCalls"/> lists pass, and calling one
/// makes a tensor's description, a dict or a placeholder in C#. Every other global is refused by name as soon as it is read.
/// </summary>
/// <param name="input">The bytes.</param>
/// <param name="loadPersistent">Turns a persistent id into what it stands for.</param>
internal sealed class PickleReader(PickleInput input, Func<object?, PickleInput, object?> loadPersistent)
{
    /// <summary>Opcodes of one pickle. A tensor takes about 45, so this is some ninety thousand tensors; each makes at most one small object.</summary>
    public const int MostOpcodes = 4_000_000;

    private const int LongestInteger = 1024;
    private const int NewestProtocol = 5;

    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];

    /// <summary>Reads one pickle, up to and with its STOP.</summary>
    /// <exception cref="CheckpointException">It is damaged, too large, or names something that is not listed.</exception>
    public object? Read()
    {
        for (var count = 0; count < MostOpcodes; count++)
        {
            var opcode = (PickleOpcode)input.ReadByte();
            if (opcode == PickleOpcode.Stop) return Pop();

            Execute(opcode);
        }

        throw input.Damaged($"it has more than {MostOpcodes} opcodes");
    }

    private void Execute(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol: CheckProtocol(); break;
            case PickleOpcode.Frame: input.ReadUInt64(); break;

            case PickleOpcode.None: Push(null); break;
            case PickleOpcode.NewTrue: Push(true); break;
            case PickleOpcode.NewFalse: Push(false); break;
            case PickleOpcode.BinInt: Push((long)input.ReadInt32()); break;
            case PickleOpcode.BinInt1: Push((long)input.ReadByte()); break;
            case PickleOpcode.BinInt2: Push((long)input.ReadUInt16()); break;
            case PickleOpcode.Long1: PushInteger(input.ReadByte()); break;
            case PickleOpcode.Long4: PushInteger(input.ReadUInt32()); break;
            case PickleOpcode.BinFloat: Push(input.ReadDoubleBigEndian()); break;

            case PickleOpcode.ShortBinUnicode: Push(ReadText(input.ReadByte())); break;
            case PickleOpcode.BinUnicode: Push(ReadText(input.ReadUInt32())); break;
            case PickleOpcode.BinUnicode8: Push(ReadText(input.ReadUInt64())); break;
            case PickleOpcode.ShortBinString: Push(Encoding.Latin1.GetString(input.ReadBytes(input.ReadByte()))); break;
            case PickleOpcode.BinString: Push(Encoding.Latin1.GetString(input.ReadBytes(input.ReadUInt32()))); break;
            case PickleOpcode.ShortBinBytes: Push(input.ReadBytes(input.ReadByte())); break;
            case PickleOpcode.BinBytes: Push(input.ReadBytes(input.ReadUInt32())); break;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8: Push(input.ReadBytes(input.ReadUInt64())); break;

            case PickleOpcode.Mark: _marks.Add(_stack.Count); break;
            case PickleOpcode.Pop: PopAny(); break;
            case PickleOpcode.PopMark: PopToMark(); break;
            case PickleOpcode.Dup: Push(Top()); break;

            case PickleOpcode.EmptyTuple or PickleOpcode.EmptyList or PickleOpcode.EmptySet: Push(new List<object?>()); break;
            case PickleOpcode.Tuple1: Push(PopMany(1)); break;
            case PickleOpcode.Tuple2: Push(PopMany(2)); break;
            case PickleOpcode.Tuple3: Push(PopMany(3)); break;
            case PickleOpcode.Tuple or PickleOpcode.List or PickleOpcode.FrozenSet: Push(PopToMark()); break;
            case PickleOpcode.EmptyDict: Push(new PickleDict()); break;
            case PickleOpcode.Dict: PushDict(); break;

            case PickleOpcode.Append: Append([Pop()]); break;
            case PickleOpcode.Appends or PickleOpcode.AddItems: Append(PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(PopMany(2)); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;

            case PickleOpcode.BinPut: _memo[input.ReadByte()] = Top(); break;
            case PickleOpcode.LongBinPut: _memo[input.ReadUInt32()] = Top(); break;
            case PickleOpcode.Memoize: _memo[(uint)_memo.Count] = Top(); break;
            case PickleOpcode.BinGet: Push(Remember(input.ReadByte())); break;
            case PickleOpcode.LongBinGet: Push(Remember(input.ReadUInt32())); break;

            case PickleOpcode.Global: PushGlobal(input.ReadLine(), input.ReadLine()); break;
            case PickleOpcode.StackGlobal: PushStackGlobal(); break;
            case PickleOpcode.BinPersistentId: Push(loadPersistent(Pop(), input)); break;
            case PickleOpcode.Reduce or PickleOpcode.NewObject: Call(keywords: false); break;
            case PickleOpcode.NewObjectEx: Call(keywords: true); break;
            case PickleOpcode.Build: Build(); break;

            default: throw input.Damaged($"opcode 0x{(byte)opcode:X2} does not belong in a checkpoint");
        }
    }

    private void CheckProtocol()
    {
        var protocol = input.ReadByte();
        if (protocol > NewestProtocol) throw input.Damaged($"protocol {protocol} is newer than {NewestProtocol}");
    }

    private void PushInteger(uint length)
    {
        if (length > LongestInteger) throw input.Damaged($"an integer has {length} bytes");

        var value = new BigInteger(input.ReadBytes(length));
        if (value >= long.MinValue && value <= long.MaxValue) Push((long)value);
        else Push(value);
    }

    private string ReadText(ulong length) => Encoding.UTF8.GetString(input.ReadBytes(length));

    private void PushDict()
    {
        var items = PopToMark();
        Push(new PickleDict());
        SetItems(items);
    }

    private void Append(List<object?> items)
    {
        switch (Top())
        {
            case List<object?> list: list.AddRange(items); break;
            case PickleInert: break;
            default: throw input.Damaged("items are added to something that is no list");
        }
    }

    private void SetItems(List<object?> items)
    {
        if (items.Count % 2 != 0) throw input.Damaged("a key has no value");

        switch (Top())
        {
            case PickleDict dict:
                for (var i = 0; i < items.Count; i += 2) dict.Set(items[i], items[i + 1]);
                break;
            case PickleInert: break;
            default: throw input.Damaged("items are set in something that is no dict");
        }
    }

    private object? Remember(uint index) =>
        _memo.TryGetValue(index, out var value) ? value : throw input.Damaged($"memo {index} was never stored");

    private void PushStackGlobal()
    {
        var names = PopMany(2);
        if (names[0] is not string module || names[1] is not string name) throw input.Damaged("a global is named by something that is no text");

        PushGlobal(module, name);
    }

    private void PushGlobal(string module, string name)
    {
        if (module.Length + name.Length > PickleInput.LongestName) throw input.Damaged($"a global's name has more than {PickleInput.LongestName} characters");

        var global = new PickleGlobal(module, name);
        if (!PickleCalls.IsListed(global)) throw input.Damaged($"refused: it names {global.FullName}, which no tensor needs; nothing was executed");

        Push(global);
    }

    private void Call(bool keywords)
    {
        if (keywords) Pop();
        if (Pop() is not List<object?> arguments) throw input.Damaged("a call has no tuple of arguments");
        if (Pop() is not PickleGlobal global) throw input.Damaged("refused: it calls something that is no global; nothing was executed");

        Push(PickleCalls.Call(global, arguments, input));
    }

    /// <summary>Attributes are dropped: those of an OrderedDict (_metadata) and of placeholders hold no weights.</summary>
    private void Build()
    {
        var state = Pop();
        switch (Top())
        {
            case NumpyType type: type.SetState(state); break;
            case PickleDict or PickleInert or PickleTensor: break;
            default: throw input.Damaged("attributes are set on something that has none");
        }
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Top()
    {
        RequireAboveMark(1);
        return _stack[^1];
    }

    private object? Pop()
    {
        var top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    /// <summary>POP on a mark takes the mark away, as in Python.</summary>
    private void PopAny()
    {
        if (_marks.Count > 0 && _marks[^1] == _stack.Count) _marks.RemoveAt(_marks.Count - 1);
        else Pop();
    }

    private List<object?> PopMany(int count)
    {
        RequireAboveMark(count);
        var items = _stack.GetRange(_stack.Count - count, count);
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private List<object?> PopToMark()
    {
        if (_marks.Count == 0) throw input.Damaged("there is no mark to go back to");

        var mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        var items = _stack.GetRange(mark, _stack.Count - mark);
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void RequireAboveMark(int count)
    {
        var floor = _marks.Count == 0 ? 0 : _marks[^1];
        if (_stack.Count - floor < count) throw input.Damaged("it takes more from the stack than is there");
    }
}
