using System.ComponentModel;
using Binder = Microsoft.Azure.WebJobs.Binder;

namespace PoseFunctions.LocalHost.Triggers;

/// <summary>
/// What the emitted type derives from: each of its methods carries the trigger attribute of one function, and hands what
/// runs it to the worker.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal abstract class TriggeredFunctions(TriggerDispatcher dispatcher)
{
    /// <param name="function">Name of the function.</param>
    /// <param name="value">The trigger's value.</param>
    /// <param name="binder">Has what else is known of the trigger.</param>
    protected Task RunAsync(string function, object value, Binder binder) => dispatcher.RunAsync(function, value, binder.BindingData);
}
