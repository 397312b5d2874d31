using System.Reflection;

namespace Heed.House.Tests;

/// <summary>Below the apps, time, chance, culture and the console come in from outside or not at all.</summary>
public sealed class BannedCallsTests
{
    [Fact]
    public void Libraries_do_not_ask_the_clock_for_the_date_draw_shared_random_numbers_or_touch_the_console()
        => Assert.Empty(Uses(Assemblies.Libraries, member => member.DeclaringType is { } type
            && (type == typeof(Console)
                || (type == typeof(DateTime) && member.Name is "get_Now" or "get_UtcNow" or "get_Today")
                || (type == typeof(DateTimeOffset) && member.Name is "get_Now" or "get_UtcNow")
                || type == typeof(Random)
                || type == typeof(System.Security.Cryptography.RandomNumberGenerator))));

    [Fact]
    public void Numbers_are_never_read_or_written_by_the_culture_of_the_machine()
        => Assert.Empty(Uses(Assemblies.All, member => member is MethodInfo method && method.DeclaringType is { IsPrimitive: true } type && IsNumber(type)
            && method.Name is "Parse" or "TryParse" or "ToString"
            && IsCultureSensitive((MethodInfo)member)));

    [Fact]
    public void Kernels_leave_transcendental_functions_to_their_own_polynomials()
        => Assert.Empty(Uses([Assemblies.Kernels], member => member.DeclaringType == typeof(MathF)
            && member.Name is "Exp" or "Log" or "Tanh" or "Sin" or "Cos" or "Pow" or "Sinh" or "Cosh" or "Tan"));

    // Whole numbers print alike in every culture unless a format or a sign says otherwise; reading them does not.
    static bool IsCultureSensitive(MethodInfo method)
    {
        var takesProvider = method.GetParameters().Any(parameter => parameter.ParameterType == typeof(IFormatProvider));
        if (takesProvider) return false;
        return method.Name == "ToString" ? method.DeclaringType != typeof(int) && method.DeclaringType != typeof(long) : true;
    }

    static bool IsNumber(Type type) => type != typeof(bool) && type != typeof(char);

    static List<string> Uses(IEnumerable<Assembly> assemblies, Func<MemberInfo, bool> isBanned) =>
    [
        .. from assembly in assemblies
           from type in assembly.GetTypes()
           from member in References.MembersUsedBy(type)
           where isBanned(member)
           select $"{type.FullName} uses {member.DeclaringType}.{member.Name}",
    ];
}
