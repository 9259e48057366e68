using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function once in every new instance, before it gets any work.</summary>
/// <remarks>The only attribute whose class has no suffix; the real one is named so, too.</remarks>
public sealed class WarmupTrigger : TriggerBindingAttribute;
