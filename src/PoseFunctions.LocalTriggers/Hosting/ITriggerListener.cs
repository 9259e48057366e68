namespace PoseFunctions.LocalTriggers.Hosting;

/// <summary>Waits for what starts one function, or one kind of function, and runs it.</summary>
internal interface ITriggerListener
{
    /// <summary>Listens until the host stops and everything it started has ended or been given back.</summary>
    Task RunAsync();
}
