using Heed.Recurrent;
using Heed.Tensors;

namespace Heed.Tests.Goldens;

/// <summary>torch.nn.LSTM and torch.nn.GRU: outputs, last states and every gradient, of padded batches and packed ones.</summary>
public sealed class RecurrentGoldens
{
    const int Width = 12, From = 10, Batch = 3;

    [Theory]
    [InlineData("lstm_1layer")]
    [InlineData("lstm_1layer_nobias_state_seqfirst")]
    [InlineData("lstm_2layer_bidirectional_packed")]
    [InlineData("gru_2layer_bidirectional_packed")]
    public void Recurrent_layers_are_PyTorchs(string name)
    {
        var golden = new Golden("rnn/" + name);
        var c = new RecurrentLayersConfig
        {
            Cell = name.StartsWith("gru", StringComparison.Ordinal) ? new GruCell() : new LstmCell(),
            Width = Width,
            Layers = name.Contains("2layer", StringComparison.Ordinal) ? 2 : 1,
            Bidirectional = name.Contains("bidirectional", StringComparison.Ordinal),
            Bias = !name.Contains("nobias", StringComparison.Ordinal),
        };
        using var parameters = new ParameterSet();
        var layers = new RecurrentLayers(parameters.Root, c, From);
        parameters.Initialise(1);
        foreach (var parameter in parameters.Parameters) golden["param." + TorchName(parameter.Path)].CopyTo(parameter.Value.Span);
        using var workspace = new Workspace(Cpu.Two);
        using var gradients = new Gradients(parameters);
        using var pass = Pass.Differentiate(workspace);
        var batch = new Ragged(golden, batchFirst: !name.Contains("seqfirst", StringComparison.Ordinal));
        var x = pass.From(batch.Rows("in.input"), [batch.Segments.Rows, From]);
        var initial = golden.Has("in.h0") ? Enumerable.Range(0, c.Layers * c.Directions).Select(i => pass.From(States(golden, "in.", "0", i), [Batch, States(c)])).ToArray() : null;
        var states = layers.Forward(new(x, batch.Segments), initial);
        var last = states.States.Select((state, i) => Ops.Pick(state, i % c.Directions == 1 ? batch.Segments.FirstRows() : batch.Segments.LastRows())).ToArray();
        Near.Values(batch.Rows("out.output"), states.Output.Values.Data.Span, "output");
        for (var i = 0; i < last.Length; i++) Near.Values(States(golden, "out.", "_n", i), last[i].Data.Span, $"last state {i}");

        var adjoints = pass.Backward(
            [(states.Output.Values, batch.Rows("up.output")), .. last.Select((state, i) => (state, States(golden, "up.", "_n", i)))], gradients, [x, .. initial ?? []]);
        Near.Gradients(batch.Rows("gin.input"), adjoints.Of(x).Span, "input");
        for (var i = 0; i < initial?.Length; i++) Near.Gradients(States(golden, "gin.", "0", i), adjoints.Of(initial[i]).Span, $"first state {i}");
        foreach (var parameter in parameters.Parameters) Near.Gradients(golden["grad." + TorchName(parameter.Path)], gradients.Of(parameter).Span, parameter.Path);
        Assert.Equal(golden.Names.Count(key => key.StartsWith("param.", StringComparison.Ordinal)), parameters.Parameters.Count);
    }

    static int States(RecurrentLayersConfig c) => c.Cell.States * Width;

    // h of one layer and direction, and c beside it where the cell has one.
    static float[] States(Golden golden, string prefix, string suffix, int layer)
    {
        string[] parts = golden.Has(prefix + "c" + suffix) ? ["h", "c"] : ["h"];
        return [.. Enumerable.Range(0, Batch).SelectMany(b => parts.SelectMany(part => golden[prefix + part + suffix].Skip((layer * Batch + b) * Width).Take(Width)))];
    }

    // 1.back.state.weight is weight_hh_l1_reverse.
    static string TorchName(string path)
    {
        var parts = path.Split('.');
        return $"{parts[3]}_{(parts[2] == "input" ? "ih" : "hh")}_l{parts[0]}{(parts[1] == "back" ? "_reverse" : "")}";
    }

    /// <summary>The real rows of a golden's padded batch.</summary>
    sealed class Ragged
    {
        readonly Golden golden;
        readonly bool batchFirst;
        readonly int longest;

        public Ragged(Golden golden, bool batchFirst)
        {
            (this.golden, this.batchFirst) = (golden, batchFirst);
            longest = golden.Shape("in.input")[batchFirst ? 1 : 0];
            Segments = new(golden.Has("in.lengths") ? golden.Ids("in.lengths") : [.. Enumerable.Repeat(longest, Batch)]);
        }

        public Segments Segments { get; }

        public float[] Rows(string name)
        {
            var (values, width) = (batchFirst ? golden[name] : golden.BatchFirst(name), golden.Shape(name)[2]);
            return [.. Enumerable.Range(0, Batch).SelectMany(b => values.Skip(b * longest * width).Take(Segments.Length(b) * width))];
        }
    }
}
