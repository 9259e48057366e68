using PoseFunctions.ModelImport;

return await new ModelImportApplication(Console.Out, Console.Error).RunAsync(args);
