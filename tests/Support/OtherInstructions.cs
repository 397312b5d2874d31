using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Heed.Tests.Support;

/// <summary>Tests of this assembly in a process that does without some of the processor's instructions, and what they tell the process that asked.</summary>
static class OtherInstructions
{
    const string AnswerFile = "HEED_TEST_ANSWER_FILE";

    /// <summary>512 bits give way to 256, 256 to 128, and all to plain floats.</summary>
    public static TheoryData<string> Switches => new() { "DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic" };

    /// <summary>Writes a line for the process that asked, if one did.</summary>
    public static void Tell(string line)
    {
        if (Environment.GetEnvironmentVariable(AnswerFile) is { Length: > 0 } file) File.AppendAllText(file, line + "\n");
    }

    /// <summary>Runs tests with one switch off; they must pass.</summary>
    /// <param name="switchedOff">the variable that is set to 0</param>
    /// <param name="methods">names of tests, a star for all of a class</param>
    /// <returns>the lines that they told</returns>
    public static async Task<string[]> Run(string switchedOff, params string[] methods)
    {
        var answer = Path.GetTempFileName();
        try
        {
            // The muxer beside the runtime that runs this test.
            var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
            var start = new ProcessStartInfo(dotnet) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
            foreach (var method in methods)
            {
                start.ArgumentList.Add("-method");
                start.ArgumentList.Add(method);
            }
            start.Environment[switchedOff] = "0";
            start.Environment[AnswerFile] = answer;
            using var child = Process.Start(start)!;
            var errors = child.StandardError.ReadToEndAsync();
            var output = await child.StandardOutput.ReadToEndAsync();
            await child.WaitForExitAsync();
            Assert.True(child.ExitCode == 0, $"With {switchedOff}=0 the tests ended with {child.ExitCode}:\n{output}\n{await errors}");
            return await File.ReadAllLinesAsync(answer);
        }
        finally
        {
            File.Delete(answer);
        }
    }
}
