using CyclerControl.Cli.CommandLine;

return await CyclerCommandLine.RunAsync(args);
