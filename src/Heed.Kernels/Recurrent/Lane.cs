namespace Heed.Kernels;

/// <summary>The way of a recurrence through one sequence: step t is row First + t·Step.</summary>
/// <param name="Number">which sequence, from 0: the row of its first state</param>
/// <param name="First">the row of its first step</param>
/// <param name="Step">1 where rows are read as they come, −1 where the last comes first</param>
/// <param name="Length">how many steps there are; none is allowed</param>
public readonly record struct Lane(int Number, nint First, int Step, int Length);

/// <summary>One recurrence over many sequences: what forward and backward share.</summary>
/// <param name="Lanes">the sequences, the longest first, no row in two of them</param>
/// <param name="Width">h, units of the cell, at least 1</param>
/// <param name="Initial">[sequences, states·h] the states before the first steps; empty where they are zero</param>
public readonly record struct RecurrentProblem(Lane[] Lanes, int Width, Floats Initial);

/// <summary>What the backward of a recurrence reads and writes beside the gates.</summary>
/// <param name="States">[n, states·h] as the forward made them</param>
/// <param name="Up">[n, states·h] the loss by the states</param>
/// <param name="Previous">[n, h] receives h before each row's step, for the gradient of the weight</param>
/// <param name="Initial">[sequences, states·h] receives the loss by the first states of the sequences that have a step; empty where nobody asks</param>
public readonly record struct RecurrentGradients(Floats States, Floats Up, Floats Previous, Floats Initial);
