using Heed.Cli;
using Heed.Cli.Terminals;

using var terminal = Terminal.OfProcess();
return await HeedCommand.Run(args, terminal, CancellationToken.None);
