namespace Heed.Tensors.Tests;

/// <summary>Names the methods of a backend that a test proves; an overload counts for itself.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CoversAttribute(params string[] methods) : Attribute
{
    public IReadOnlyList<string> Methods => methods;
}

public class CoverageTests
{
    [Fact]
    public void Every_method_of_a_backend_is_proved_by_the_contract()
    {
        var methods = typeof(Backend).GetMethods()
            .Where(method => method.IsVirtual && method.DeclaringType == typeof(Backend))
            .Select(method => method.Name);
        var proved = typeof(FusedContract).GetMethods()
            .Where(method => method.IsDefined(typeof(FactAttribute), inherit: true))
            .SelectMany(method => method.GetCustomAttributes(typeof(CoversAttribute), inherit: true).Cast<CoversAttribute>())
            .SelectMany(covers => covers.Methods);
        var proofs = proved.CountBy(name => name).ToDictionary();
        var overloads = methods.Where(name => name != nameof(Backend.Dispose)).CountBy(name => name).ToDictionary();
        Assert.Empty(overloads.Where(method => proofs.GetValueOrDefault(method.Key) < method.Value).Select(method => method.Key));
        Assert.Empty(proofs.Keys.Except(overloads.Keys));
    }

    [Fact]
    public void Every_fused_method_has_a_reference_that_other_backends_are_held_against()
    {
        var overridden = typeof(ReferenceBackend).GetMethods()
            .Where(method => method.DeclaringType == typeof(ReferenceBackend))
            .Where(method => method.GetBaseDefinition() is { IsAbstract: false } fused && fused.DeclaringType == typeof(Backend));
        Assert.Empty(overridden.Select(method => method.Name));
    }
}
