using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function once in every new instance, before it gets any work.</summary>
public sealed class WarmupTriggerAttribute : TriggerBindingAttribute;
