using Heed.Kernels;

namespace Heed.Tensors.Tests;

public class BackwardTests : OnePass
{
    [Fact]
    public void A_tensor_used_twice_gets_the_sum_of_both_adjoints()
    {
        using var pass = Pass.Differentiate(Workspace);
        Tensor x = Numbers(pass, [2]), y = Numbers(pass, [2]);
        var d = pass.Backward([(Ops.Add(Ops.Add(x, y), Ops.Add(x, Ops.Scale(x, 3))), [1, 10])], null, x, y);
        Assert.Equal([5, 50], d.Of(x).Span.ToArray());
        Assert.Equal([1, 10], d.Of(y).Span.ToArray());
    }

    [Fact]
    public void An_adjoint_is_handed_on_without_being_shared()
    {
        using var pass = Pass.Differentiate(Workspace);
        Tensor x = Numbers(pass, [2]), y = Numbers(pass, [2]);
        Tensor sum = Ops.Add(x, y), both = Ops.Add(sum, Ops.Scale(x, 2));
        var d = pass.Backward([(both, [1, 1])], null, sum);
        Assert.Equal([1, 1], d.Of(both).Span.ToArray());
        Assert.Equal([1, 1], d.Of(sum).Span.ToArray());
        Assert.Equal([3, 3], d.Of(x).Span.ToArray());
    }

    [Fact]
    public void Seeds_of_one_tensor_add_up()
    {
        using var pass = Pass.Differentiate(Workspace);
        var x = Numbers(pass, [2]);
        var y = Ops.Scale(x, 2);
        Assert.Equal([6, 12], pass.Backward([(y, [1, 2]), (y, [2, 4])], null).Of(x).Span.ToArray());
    }

    [Fact]
    public void What_was_kept_keeps_numbers_and_adjoint_and_the_rest_is_gone()
    {
        using var pass = Pass.Differentiate(Workspace);
        var x = Numbers(pass, [2]);
        Tensor a = Ops.Scale(x, 2), b = Ops.Scale(a, 3), c = Ops.Scale(b, 5);
        var d = pass.Backward([(c, [1, 1])], null, b);
        Assert.Equal([6, 12], b.ToArray());
        Assert.Equal([5, 5], d.Of(b).Span.ToArray());
        Assert.Equal([30, 60], c.ToArray());
        Assert.Equal([30, 30], d.Of(x).Span.ToArray());
        Assert.Throws<ObjectDisposedException>(() => a.Data);
        Refusal.Begins<InvalidOperationException>("No gradient has reached this tensor", () => d.Of(a));
    }

    [Fact]
    public void The_kept_adjoint_of_an_activated_product_is_that_of_its_result()
    {
        using var set = new ParameterSet();
        var weight = set.Root.Parameter("weight", [1, 1], Init.One);
        set.Initialise(1);
        using var pass = Pass.Differentiate(Workspace);
        var y = Ops.Linear<Relu>(pass.From([-2, 2], [2, 1]), weight);
        Assert.Equal([3, 3], pass.Backward([(Ops.Scale(y, 3), [1, 1])], null, y).Of(y).Span.ToArray());
    }

    [Fact]
    public void Memory_is_used_again_as_the_tape_unwinds()
    {
        // In buffers of 4 KiB: one operand and forty results; the way back needs three more where it returns what it is done with, else one for each.
        long Held(bool keep)
        {
            using var workspace = new Workspace(Workspace.Backend);
            using var pass = Pass.Differentiate(workspace);
            var x = Numbers(pass, [1024]);
            for (var i = 0; i < 40; i++)
            {
                x = Ops.Scale(x, 1);
                if (keep) pass.Keep(x);
            }
            pass.Backward([(x, new float[1024])], null);
            return workspace.GreatestBytes / 4096;
        }
        Assert.Equal(44, Held(keep: false));
        Assert.Equal(82, Held(keep: true));
    }

    [Fact]
    public void Operations_that_the_loss_does_not_depend_on_get_nothing()
    {
        using var pass = Pass.Differentiate(Workspace);
        Tensor x = Numbers(pass, [1]), y = Numbers(pass, [1]);
        var loss = Ops.Scale(x, 2);
        Ops.Scale(y, 2);
        var d = pass.Backward([(loss, [1])], null, x, y);
        Assert.Equal([2], d.Of(x).Span.ToArray());
        Assert.Throws<InvalidOperationException>(() => d.Of(y));
    }

    [Fact]
    public void A_loss_that_is_no_scalar_is_refused()
    {
        using var set = new ParameterSet();
        using var gradients = new Gradients(set);
        using var pass = Pass.Differentiate(Workspace);
        var y = Ops.Scale(Numbers(pass, [2]), 2);
        Refusal.Begins<ArgumentException>("Backward starts from a scalar, not from [2].", () => pass.Backward(y, gradients));
    }

    [Fact]
    public void A_seed_of_another_length_is_refused()
    {
        using var pass = Pass.Differentiate(Workspace);
        var y = Ops.Scale(Numbers(pass, [2]), 2);
        Refusal.Begins<ArgumentException>("An adjoint of 1 numbers does not fit a tensor [2].", () => pass.Backward([(y, [1])], null));
        pass.Backward([(y, [1, 1])], null);
    }

    [Fact]
    public void A_pass_that_records_nothing_has_no_backward()
    {
        using var pass = Pass.Infer(Workspace);
        var y = Ops.Scale(Numbers(pass, [1]), 2);
        Refusal.Begins<InvalidOperationException>("This pass records nothing", () => pass.Backward([(y, [1])], null));
    }

    [Fact]
    public void A_second_backward_is_refused()
    {
        using var pass = Pass.Differentiate(Workspace);
        var y = Ops.Scale(Numbers(pass, [1]), 2);
        pass.Backward([(y, [1])], null);
        Refusal.Begins<InvalidOperationException>("The tape of this pass has run backward before.", () => pass.Backward([(y, [1])], null));
    }

    [Fact]
    public void Gradients_of_passes_add_up_and_those_of_other_sets_are_left_alone()
    {
        using ParameterSet learning = new(), frozen = new();
        Parameter a = learning.Root.Parameter("a", [1, 1], Init.One), b = frozen.Root.Parameter("b", [1, 1], Init.One);
        learning.Initialise(1);
        frozen.Initialise(1);
        using var gradients = new Gradients(learning);
        for (var i = 0; i < 2; i++)
        {
            using var pass = Pass.Differentiate(Workspace);
            pass.Backward(Ops.Linear(Ops.Linear(pass.From([3], [1, 1]), b), a), gradients);
        }
        Assert.Equal(6, gradients.Of(a)[0]);
        Refusal.Begins<ArgumentException>("Parameter b [1, 1] is not of the set", () => gradients.Of(b));
        gradients.Clear();
        Assert.Equal(0, gradients.Of(a)[0]);
    }

    [Fact]
    public void An_operation_without_a_gradient_is_refused_where_one_would_be_lost()
    {
        using var pass = Pass.Differentiate(Workspace);
        Assert.Throws<InvalidOperationException>(() => Ops.LogSumExp(Numbers(pass, [1, 2])));
    }
}
