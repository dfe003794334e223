using CyclerControl.InstrumentSimulator;

return SimulatorProgram.Run(args, Console.Out, Console.Error);
