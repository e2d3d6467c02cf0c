using Authentiq.AspNetCore.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is [SignIns.Name, .. var signInArgs])
{
    return await SignIns.RunAsync(signInArgs);
}

// In this process: all contenders share its temperature and its noise, and no project has to be generated beside ours.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance
    .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"))
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithMaxIterationCount(30))
    .AddDiagnoser(MemoryDiagnoser.Default));
return 0;
