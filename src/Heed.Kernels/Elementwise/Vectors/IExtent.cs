using System.Runtime.Intrinsics;

namespace Heed.Kernels;

/// <summary>How sixteen lanes meet memory: all of them, or only the first few at the end of a run. Code is written once for both.</summary>
unsafe interface IExtent
{
    /// <summary>The floats at an address; lanes beyond the end are zero.</summary>
    Vector512<float> Load(float* from);

    /// <summary>The floats at an address; lanes beyond the end hold <paramref name="rest"/>.</summary>
    Vector512<float> Load(float* from, Vector512<float> rest);

    /// <summary>One value in every lane; lanes beyond the end are zero.</summary>
    Vector512<float> Fill(float value);

    /// <summary>Writes the lanes that are not beyond the end.</summary>
    void Store(float* to, Vector512<float> value);
}
