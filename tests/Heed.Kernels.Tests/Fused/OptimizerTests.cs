namespace Heed.Kernels.Tests;

public class OptimizerTests
{
    delegate void Update(Floats parameters, Floats gradients, Floats[] state, double rate, long step, float factor);

    static readonly Dictionary<string, (Update Update, string[] State, float Initial)> Cases = new()
    {
        ["adam"] = (Adam(new AdamOptions()), ["exp_avg", "exp_avg_sq"], 0),
        ["adam_amsgrad"] = (Adam(new AdamOptions()), ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"], 0),
        ["adam_l2_betas"] = (
            Adam(new AdamOptions { Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-4, WeightDecay = 0.1 }), ["exp_avg", "exp_avg_sq"], 0),
        ["adamw"] = (
            Adam(new AdamOptions { Beta2 = 0.98, Epsilon = 1e-6, WeightDecay = 0.1, Decoupled = true }), ["exp_avg", "exp_avg_sq"], 0),
        ["adamw_clip_schedule"] = (Adam(new AdamOptions { WeightDecay = 0.01, Decoupled = true }), ["exp_avg", "exp_avg_sq"], 0),
        ["adagrad"] = (
            (p, g, s, rate, step, factor) => Optimizers.AdaGrad(Crew.One, p, g, s[0], new AdaGradOptions { Rate = rate }, step, factor),
            ["sum"], 0.1f),
        ["rmsprop"] = (
            (p, g, s, rate, step, factor) => Optimizers.RmsProp(
                Crew.One, p, g, s[0], s[1], new RmsPropOptions { Rate = rate, Alpha = 0.9, Epsilon = 1e-6, Momentum = 0.5 }, factor),
            ["square_avg", "momentum_buffer"], 0),
        ["sgd_momentum_dampening"] = (
            (p, g, s, rate, step, factor) => Optimizers.Sgd(
                Crew.One, p, g, s[0], new SgdOptions { Rate = rate, Momentum = 0.9, Dampening = 0.3 }, step, factor),
            ["momentum_buffer"], 0),
        ["sgd_momentum_nesterov"] = (
            (p, g, s, rate, step, factor) => Optimizers.Sgd(
                Crew.One, p, g, s[0], new SgdOptions { Rate = rate, Momentum = 0.9, Nesterov = true, WeightDecay = 0.05 }, step, factor),
            ["momentum_buffer"], 0),
    };

    public static TheoryData<string> Files => [.. Cases.Keys];

    [Theory, MemberData(nameof(Files))]
    public void Agrees_with_the_reference_implementation_step_by_step(string file)
    {
        var golden = new Golden("optim/" + file);
        var (update, names, initial) = Cases[file];
        var rates = golden["lr"];
        for (var number = 0; number < 2; number++)
        {
            using var room = new Room();
            var parameters = room.Of(golden[$"param.{number}.step0"]);
            Floats[] state = [.. names.Select(_ => room.Take(parameters.Length))];
            foreach (var s in state) Elementwise.Fill(Crew.One, s, initial);
            for (var step = 1; step <= rates.Length; step++)
            {
                var factor = golden.Has($"total_norm.step{step}") ? Math.Min(1, 1 / (golden[$"total_norm.step{step}"][0] + 1e-6f)) : 1;
                update(parameters, room.Of(golden[$"grad.{number}.step{step}"]), state, rates[step - 1], step, factor);
                Near.Equal(golden[$"param.{number}.step{step}"], parameters);
                for (var i = 0; i < names.Length; i++) Near.Equal(golden[$"state.{names[i]}.{number}.step{step}"], state[i]);
            }
        }
    }

    [Fact]
    public void Global_norm_is_the_root_of_the_sum_of_squares()
    {
        var golden = new Golden("optim/adamw_clip_schedule");
        using var room = new Room();
        for (var step = 1; step <= 5; step++)
        {
            var squares = Reduce.SumOfSquares(Crew.One, room.Of(golden[$"grad.0.step{step}"]))
                + Reduce.SumOfSquares(Crew.One, room.Of(golden[$"grad.1.step{step}"]));
            Assert.Equal(golden[$"total_norm.step{step}"][0], Math.Sqrt(squares), 1e-5);
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_length_is_updated_to_its_end_and_no_further(string file)
    {
        // Guarded memory finds what goes too far; each element must come out as it does alone.
        var (update, names, initial) = Cases[file];
        foreach (var length in (int[])[0, 1, 15, 16, 17, 31, 32, 35, 1027])
        {
            using var room = new Room();
            Floats parameters = room.Random(length), gradients = room.Random(length), before = room.Copy(parameters);
            Floats[] state = [.. names.Select(_ => room.Take(length))];
            foreach (var s in state) Elementwise.Fill(Crew.One, s, initial);
            update(parameters, gradients, state, 0.01, 1, 1);
            for (nint i = 0; i < length; i += 1 + length / 37)
            {
                var alone = room.Of([before[i]]);
                Floats[] aloneState = [.. names.Select(_ => room.Of([initial]))];
                update(alone, room.Of([gradients[i]]), aloneState, 0.01, 1, 1);
                Assert.Equal(alone[0], parameters[i]);
            }
        }
    }

    [Fact]
    public void Plain_descent_needs_no_velocity()
    {
        using var room = new Room();
        Floats parameters = room.Of([1, 2, 3]), gradients = room.Of([1, -1, 0.5f]);
        Optimizers.Sgd(Crew.One, parameters, gradients, default, new SgdOptions { Rate = 0.1 }, 1, 2);
        Near.Equal([0.8f, 2.2f, 2.9f], parameters, 1e-7);
        Optimizers.RmsProp(Crew.One, parameters, gradients, room.Take(3), default, new RmsPropOptions { Rate = 0.1, Alpha = 0 });
        Near.Equal([0.7f, 2.3f, 2.8f], parameters, 1e-6);
    }

    [Fact]
    public void Threads_do_not_show_in_the_bits()
    {
        using var room = new Room();
        const int Count = 100_003;
        Floats one = room.Random(Count), three = room.Copy(one), gradients = room.Random(Count);
        Floats m1 = room.Take(Count), v1 = room.Take(Count), m3 = room.Take(Count), v3 = room.Take(Count);
        for (var step = 1; step < 4; step++)
        {
            Optimizers.Adam(Crew.One, one, gradients, m1, v1, default, new AdamOptions(), step);
            Optimizers.Adam(Crew.Three, three, gradients, m3, v3, default, new AdamOptions(), step);
        }
        Near.SameBits(one, three);
        Near.SameBits(v1, v3);
    }

    [Fact]
    public void Runs_of_other_lengths_and_step_zero_are_refused()
    {
        using var room = new Room();
        Floats three = room.Random(3), four = room.Random(4);
        Assert.Throws<ArgumentException>(() => Optimizers.Adam(Crew.One, three, three, three, four, default, new AdamOptions(), 1));
        Assert.Throws<ArgumentException>(() => Optimizers.Sgd(Crew.One, three, three, four, new SgdOptions { Momentum = 0.9 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Optimizers.Adam(Crew.One, three, three, three, three, default, new AdamOptions(), 0));
    }

    static Update Adam(AdamOptions options)
        => (p, g, s, rate, step, factor) => Optimizers.Adam(
            Crew.One, p, g, s[0], s[1], s.Length > 2 ? s[2] : default, options with { Rate = rate }, step, factor);
}
