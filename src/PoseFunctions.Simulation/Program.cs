using PoseFunctions.Simulation;

return new SimulationApplication(Console.Out, Console.Error).Run(args);
