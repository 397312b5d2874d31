namespace Heed.Laboratory;

/// <summary>What an experiment found: a question, its answer, and the numbers and pictures that show it. A terminal and a page draw the same report.</summary>
/// <param name="Title">the experiment's name, for people</param>
/// <param name="Question">what was asked</param>
/// <param name="Answer">what was found, in a sentence or two with its figures</param>
/// <param name="Sections">the way from one to the other</param>
public sealed record Report(string Title, string Question, string Answer, IReadOnlyList<Section> Sections);

/// <summary>One step of a report.</summary>
/// <param name="Heading">what it is about</param>
/// <param name="Text">what to look at; may be empty</param>
/// <param name="Exhibits">what there is to see</param>
public sealed record Section(string Heading, string Text, params IReadOnlyList<Exhibit> Exhibits)
{
    /// <summary>The equation that is computed, with its source; empty where there is none.</summary>
    public string Equation { get; init; } = "";
}

/// <summary>Something to see.</summary>
/// <param name="Title">what it shows</param>
public abstract record Exhibit(string Title);

/// <summary>A table of texts and of numbers that are written out.</summary>
/// <param name="Title">what it shows</param>
/// <param name="Columns">heads; the first column names the rows</param>
/// <param name="Rows">a cell for each column</param>
public sealed record TableExhibit(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Exhibit(Title);

/// <summary>Curves over one axis.</summary>
/// <param name="Title">what it shows</param>
/// <param name="X">what the horizontal axis counts</param>
/// <param name="Y">what the vertical axis counts</param>
/// <param name="Curves">one or more</param>
public sealed record CurvesExhibit(string Title, string X, string Y, IReadOnlyList<Curve> Curves) : Exhibit(Title)
{
    /// <summary>Whether the horizontal axis is logarithmic; every x is above 0 then.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic; values of 0 are not drawn then.</summary>
    public bool LogY { get; init; }
}

/// <summary>One curve.</summary>
/// <param name="Name">for the legend</param>
/// <param name="X">in rising order</param>
/// <param name="Y">as many</param>
public sealed record Curve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y);

/// <summary>A matrix as colours.</summary>
/// <param name="Title">what it shows</param>
/// <param name="Rows">a name for each row</param>
/// <param name="Columns">a name for each column</param>
/// <param name="Values">[rows, columns]</param>
public sealed record HeatMapExhibit(string Title, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, double[,] Values) : Exhibit(Title)
{
    /// <summary>Whether zero is the middle of the colours, not their beginning.</summary>
    public bool IsSigned { get; init; }
}

/// <summary>A computation with all its numbers, each of which can be followed back to those it was made from.</summary>
/// <param name="Title">what it shows</param>
/// <param name="Matrices">in the order they are computed</param>
public sealed record TraceExhibit(string Title, IReadOnlyList<TracedMatrix> Matrices) : Exhibit(Title);

/// <summary>A matrix of a computation.</summary>
/// <param name="Name">its letter</param>
/// <param name="Equation">how it is made; empty for what is given</param>
/// <param name="Values">[rows, columns]</param>
/// <param name="Sources">for the cell of a row and a column, the cells it is made from</param>
public sealed record TracedMatrix(string Name, string Equation, double[,] Values, Func<int, int, IReadOnlyList<TracedCell>> Sources);

/// <summary>A cell of a matrix of the same exhibit.</summary>
/// <param name="Matrix">the matrix's place in the exhibit, from 0</param>
/// <param name="Row">from 0</param>
/// <param name="Column">from 0</param>
public readonly record struct TracedCell(int Matrix, int Row, int Column);
