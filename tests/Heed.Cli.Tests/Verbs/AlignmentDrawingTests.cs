using Heed.Cli.Pictures;
using Heed.Cli.Terminals;
using Heed.Translation;

namespace Heed.Cli.Tests;

public sealed class AlignmentDrawingTests
{
    static readonly WordAlignment alignment = new(["the", "old", "cat"], ["le", "vieux", "猫"], new[,] { { 1f, 0, 0 }, { 0.1f, 0.8f, 0.1f }, { 0, 0.3f, 0.6f } });

    [Fact]
    public void A_grid_has_the_source_across_and_darker_cells_for_more_attention()
        => Assert.Equal(
            [
                "      the old cat",
                "   le ███",
                "vieux     ▓▓▓",
                "   猫     ░░░ ▒▒▒",
            ],
            AlignmentDrawing.Draw(alignment, 40, new Style(on: false)));

    [Fact]
    public void Where_the_grid_is_too_wide_each_word_stands_beside_the_one_it_was_made_from()
        => Assert.Equal(["   le ← the 100 %", "vieux ← old 80 %", "   猫 ← cat 60 %"], AlignmentDrawing.Draw(alignment, 12, new Style(on: false)));

    [Fact]
    public void Links_are_written_as_pairs_of_source_and_target() => Assert.Equal("0-0 1-1 2-2", alignment.ToString());
}
