using Heed.Training;

namespace Heed.Tests.Goldens;

/// <summary>The schedules of transformers, and Noam's of the paper.</summary>
public sealed class ScheduleGoldens
{
    // Element k of transformers' tables is the rate of the step after k steps; a Heed run of 30 steps asks for steps 1 to 30.
    [Theory]
    [InlineData("cosine_warmup5_total30", 30)]
    [InlineData("linear_warmup5_total30", 30)]
    [InlineData("inverse_sqrt_warmup5", 39)]
    public void Rates_are_those_of_transformers(string name, int last)
    {
        Schedule schedule = name.Split('_')[0] switch
        {
            "cosine" => new CosineSchedule { Peak = 1, Warmup = 5 },
            "linear" => new LinearSchedule { Peak = 1, Warmup = 5 },
            _ => new InverseSquareRootSchedule { Peak = 1, Warmup = 5 },
        };
        var expected = new Golden("schedules/learning_rates")["out." + name];
        for (var step = 1; step <= last; step++) Assert.Equal(expected[step], schedule.Rate(step, 30), 1e-6);
    }

    [Fact]
    public void Noams_rates_are_those_of_the_paper()
    {
        var expected = new Golden("schedules/learning_rates")["out.noam_d64_warmup10"];
        var schedule = new NoamSchedule { Width = 64, Warmup = 10 };
        for (var step = 1; step <= expected.Length; step++) Assert.Equal(expected[step - 1], schedule.Rate(step, 1000), 1e-6);
    }

    [Fact]
    public void A_constant_rate_rises_to_its_peak_and_stays()
    {
        var schedule = new ConstantSchedule { Peak = 2, Warmup = 4 };
        Assert.Equal([0.5, 1, 1.5, 2, 2, 2], Enumerable.Range(1, 6).Select(step => schedule.Rate(step, 6)));
    }

    [Fact]
    public void A_cosine_ends_at_its_floor()
        => Assert.Equal(0.25, new CosineSchedule { Peak = 1, Floor = 0.25, Warmup = 3 }.Rate(20, 20), 12);
}
