using Heed.Kernels;

namespace Heed.Tensors.Tests;

public class GradientTests
{
    public static TheoryData<string> Names => [.. Samples.All.Select(sample => sample.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Gradients_are_what_differences_say_on_the_processor(string sample)
    {
        using var backend = new CpuBackend(2);
        using var check = new GradientCheck(Samples.Called(sample), backend);
        check.Run();
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_are_what_differences_say_in_the_reference(string sample)
    {
        using var backend = new ReferenceBackend();
        using var check = new GradientCheck(Samples.Called(sample), backend);
        check.Run();
    }

    [Fact]
    public void Every_operation_of_the_tape_has_a_sample()
    {
        var operations = typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract);
        Assert.Empty(operations.Except(Recorded().Select(Definition)).Select(type => type.Name));
    }

    [Theory]
    [InlineData(typeof(IFunction))]
    [InlineData(typeof(IMask))]
    [InlineData(typeof(IScoreBias))]
    public void Every_function_mask_and_bias_has_a_sample(Type seam)
    {
        var used = Recorded().SelectMany(type => type.GetGenericArguments()).Select(Definition);
        Assert.Empty(FunctionSamples.Concrete(seam).Except(used).Select(type => type.Name));
    }

    [Fact]
    public void Every_operation_with_a_function_has_a_sample_for_each_function()
    {
        var recorded = Recorded().ToHashSet();
        var generic = typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && type.IsGenericTypeDefinition
            && type.GetGenericArguments() is [var only] && only.GetGenericParameterConstraints().Contains(typeof(IFunction)));
        var closed = generic.SelectMany(type => FunctionSamples.Functions.Select(function => type.MakeGenericType(function)));
        Assert.Empty(closed.Except(recorded).Select(type => type.ToString()));
    }

    /// <summary>What the samples really put on the tape.</summary>
    static IEnumerable<Type> Recorded()
    {
        using var backend = new CpuBackend(1);
        foreach (var sample in Samples.All)
        {
            using var check = new GradientCheck(sample, backend);
            foreach (var type in check.Recorded()) yield return type;
        }
    }

    static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
