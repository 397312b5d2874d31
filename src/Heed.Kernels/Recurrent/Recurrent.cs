using System.Runtime.CompilerServices;

namespace Heed.Kernels;

/// <summary>hₜ = cell(aₜ, hₜ₋₁Uᵀ + b): a recurrent cell along many sequences at once, step after step, without padding.</summary>
/// <remarks>
/// Of sequences sorted by length those that have a step t come first, so each step is one product of a few rows with weights that
/// were packed before, and gates that follow while the product is in cache. Threads divide the sequences and wait for nobody. A
/// sequence's numbers depend on it alone: its row of a product is one chain, and its gates are its own.
/// </remarks>
public static unsafe class Recurrent
{
    // Fewer sequences than this for each thread meet the weights too seldom; then a step's product is divided instead.
    const int LanesWorthAThread = 4;

    // Rows of scratch are no power of two apart, so that they do not share places in the cache.
    const int Gap = 16;

    /// <summary>Runs the cell along all sequences.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="problem">The sequences and their first states.</param>
    /// <param name="weight">[h, gates·h] Uᵀ.</param>
    /// <param name="bias">[gates·h] b, or empty.</param>
    /// <param name="gates">[n, kept·h] what the input says in the first gates·h columns; then what the backward needs.</param>
    /// <param name="states">[n, states·h] receives the states.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a row is out of range, or a longer sequence follows a shorter one.</exception>
    public static void Forward<TCell>(Workers workers, in RecurrentProblem problem, PackedMatrix weight, Floats bias, Floats gates, Floats states)
        where TCell : struct, IRecurrence
    {
        nint h = problem.Width;
        Check<TCell>(problem, gates, states);
        Expect(weight, h, TCell.Gates * h);
        Lengths.Optional(bias, TCell.Gates * h, nameof(bias));
        fixed (Lane* lanes = problem.Lanes)
        {
            var groups = Groups(workers, problem.Lanes.Length);
            workers.Split(groups, 1, new Onward<TCell>(new(workers, lanes, problem, groups), weight, bias, gates.Start, states.Start));
        }
    }

    /// <summary>The gradients of <see cref="Forward"/>, last step first.</summary>
    /// <param name="workers">Who works.</param>
    /// <param name="problem">The sequences and their first states.</param>
    /// <param name="weight">[gates·h, h] U.</param>
    /// <param name="gates">[n, kept·h] what the forward kept; then the gradients, as <see cref="IRecurrence"/> lays them out.</param>
    /// <param name="gradients">The rest of what is read and written.</param>
    /// <exception cref="ArgumentException">A shape does not fit, a row is out of range, or a longer sequence follows a shorter one.</exception>
    public static void Backward<TCell>(Workers workers, in RecurrentProblem problem, PackedMatrix weight, Floats gates, in RecurrentGradients gradients)
        where TCell : struct, IRecurrence
    {
        nint h = problem.Width;
        Check<TCell>(problem, gates, gradients.States);
        Expect(weight, TCell.Gates * h, h);
        Lengths.Equal(gradients.States, gradients.Up, "states", "up");
        Lengths.Exactly(gradients.Previous, gradients.States.Length / TCell.States, "previous");
        Lengths.Optional(gradients.Initial, problem.Lanes.Length * TCell.States * h, "initial");
        fixed (Lane* lanes = problem.Lanes)
        {
            var groups = Groups(workers, problem.Lanes.Length);
            workers.Split(groups, 1, new Back<TCell>(new(workers, lanes, problem, groups), weight, gates.Start, gradients));
        }
    }

    static int Groups(Workers workers, int lanes) => lanes >= LanesWorthAThread * workers.AtHand ? workers.AtHand : 1;

    static void Expect(PackedMatrix weight, nint rows, nint columns)
    {
        if (weight.Rows != rows || weight.Columns != columns)
            throw new ArgumentException($"weight is [{weight.Rows}, {weight.Columns}]; [{rows}, {columns}] is needed.", nameof(weight));
    }

    static void Check<TCell>(in RecurrentProblem problem, Floats gates, Floats states) where TCell : struct, IRecurrence
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(problem.Width, 1);
        nint h = problem.Width, rows = states.Length / (TCell.States * h);
        Lengths.Exactly(states, rows * TCell.States * h, nameof(states));
        Lengths.Exactly(gates, rows * TCell.Kept * h, nameof(gates));
        Lengths.Optional(problem.Initial, problem.Lanes.Length * TCell.States * h, "initial");
        var longest = int.MaxValue;
        foreach (ref readonly var lane in problem.Lanes.AsSpan())
        {
            var last = lane.First + (lane.Length - 1) * (nint)lane.Step;
            if (lane.Length < 0 || lane.Length > 0 && (lane.First < 0 || lane.First >= rows || last < 0 || last >= rows))
                throw new ArgumentException($"{lane} leaves the {rows} rows there are.");
            if (lane.Length > longest) throw new ArgumentException($"{lane} follows a shorter one; the longest come first.");
            if ((uint)lane.Number >= (uint)problem.Lanes.Length) throw new ArgumentException($"{lane} is numbered beyond the {problem.Lanes.Length} lanes there are.");
            longest = lane.Length;
        }
    }

    /// <summary>Every so many-th lane: a group's lanes are sorted as all are, and groups have like work.</summary>
    readonly struct Shared(Workers workers, Lane* lanes, in RecurrentProblem problem, int groups)
    {
        public readonly Workers Workers = workers;
        public readonly nint Width = problem.Width;
        public readonly float* Initial = problem.Initial.Start;
        public readonly bool HasInitial = !problem.Initial.IsEmpty;
        readonly int count = problem.Lanes.Length;

        public int Lanes(nint group) => (count - (int)group + groups - 1) / groups;

        public ref readonly Lane this[nint group, int lane] => ref lanes[group + (nint)lane * groups];
    }

    readonly struct Onward<TCell>(Shared all, PackedMatrix weight, Floats bias, float* gates, float* states) : IWork where TCell : struct, IRecurrence
    {
        public void Run(nint start, nint end)
        {
            for (var group = start; group < end; group++) Group(group);
        }

        void Group(nint group)
        {
            nint h = all.Width, stateStride = TCell.States * h + Gap, productStride = TCell.Gates * h + Gap;
            var alive = all.Lanes(group);
            var room = Scratch.Take(ScratchUse.Rows, alive * (stateStride + productStride));
            Floats state = room.Slice(0, alive * stateStride), products = room.Slice(state.Length, alive * productStride);
            for (var lane = 0; lane < alive; lane++) Begin(state.Start + lane * stateStride, all[group, lane].Number);
            for (var t = 0; ; t++)
            {
                while (alive > 0 && all[group, alive - 1].Length <= t) alive--;
                if (alive == 0) return;
                MatrixView before = new(state, alive, h, stateStride, 1), z = new(products, alive, TCell.Gates * h, productStride, 1);
                if (bias.IsEmpty) Matrix.Multiply(all.Workers, before, weight, z);
                else Matrix.Multiply(all.Workers, before, weight, z, accumulate: false, new AddBias(bias));
                for (var lane = 0; lane < alive; lane++)
                {
                    ref readonly var way = ref all[group, lane];
                    var row = way.First + t * (nint)way.Step;
                    Step(new(gates + row * TCell.Kept * h, products.Start + lane * productStride, state.Start + lane * stateStride,
                        states + row * TCell.States * h, h));
                }
            }
        }

        void Begin(float* state, int number)
        {
            var row = new Floats(state, TCell.States * all.Width);
            if (all.HasInitial) new Floats(all.Initial + number * row.Length, row.Length).CopyTo(row);
            else row.Clear();
        }

        [MethodImpl(Vectors.Loop)]
        static void Step(RecurrentRow row) => Vectors.Range(new Units<TCell>(row), 0, row.Width);
    }

    readonly struct Back<TCell>(Shared all, PackedMatrix weight, float* gates, RecurrentGradients gradients) : IWork where TCell : struct, IRecurrence
    {
        public void Run(nint start, nint end)
        {
            for (var group = start; group < end; group++) Group(group);
        }

        void Group(nint group)
        {
            nint h = all.Width, stateWidth = TCell.States * h, stateStride = stateWidth + Gap, productStride = TCell.Gates * h + Gap;
            var lanes = all.Lanes(group);
            var room = Scratch.Take(ScratchUse.Rows, lanes * (stateStride + productStride) + stateWidth);
            Floats carry = room.Slice(0, lanes * stateStride), products = room.Slice(carry.Length, lanes * productStride);
            var zeros = room.Slice(carry.Length + products.Length, stateWidth);
            carry.Clear();
            zeros.Clear();
            var alive = 0;
            for (var t = lanes == 0 ? -1 : all[group, 0].Length - 1; t >= 0; t--)
            {
                while (alive < lanes && all[group, alive].Length > t) alive++;
                for (var lane = 0; lane < alive; lane++)
                    Lane(all[group, lane], t, products.Start + lane * productStride, carry.Start + lane * stateStride, zeros.Start);
                if (t == 0 && gradients.Initial.IsEmpty) return;
                MatrixView dz = new(products, alive, TCell.Gates * h, productStride, 1), dh = new(carry, alive, h, stateStride, 1);
                Matrix.Multiply(all.Workers, dz, weight, dh, accumulate: TCell.HandsOn);
            }
            if (gradients.Initial.IsEmpty) return;
            for (var lane = 0; lane < lanes; lane++)
                carry.Slice(lane * stateStride, stateWidth).CopyTo(gradients.Initial.Slice(all[group, lane].Number * stateWidth, stateWidth));
        }

        void Lane(in Lane way, int t, float* products, float* carry, float* zeros)
        {
            nint h = all.Width, stateWidth = TCell.States * h, row = way.First + t * (nint)way.Step;
            var before = t > 0 ? gradients.States.Start + (row - way.Step) * stateWidth
                : all.HasInitial ? all.Initial + way.Number * stateWidth : zeros;
            new Floats(before, h).CopyTo(new Floats(gradients.Previous.Start + row * h, h));
            Step(new(gates + row * TCell.Kept * h, products, before, gradients.States.Start + row * stateWidth,
                gradients.Up.Start + row * stateWidth, carry, h));
        }

        [MethodImpl(Vectors.Loop)]
        static void Step(RecurrentRowBack row) => Vectors.Range(new UnitsBack<TCell>(row), 0, row.Width);
    }

    readonly struct Units<TCell>(RecurrentRow row) : IVectorWork where TCell : struct, IRecurrence
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent => TCell.Step(row, extent, at);
    }

    readonly struct UnitsBack<TCell>(RecurrentRowBack row) : IVectorWork where TCell : struct, IRecurrence
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<TExtent>(TExtent extent, nint at) where TExtent : struct, IExtent => TCell.StepBack(row, extent, at);
    }
}
