namespace Heed.Tensors.Tests;

public class ReferenceBackendTests() : BackendContract(new ReferenceBackend());

public class CpuBackendOnOneThreadTests() : FusedContract(new CpuBackend(1));

public class CpuBackendOnTwoThreadsTests() : FusedContract(new CpuBackend(2));

public class CpuBackendOnFiveThreadsTests() : FusedContract(new CpuBackend(5));
