namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Base of every attribute that ties a parameter or a return value to something outside the function.</summary>
public abstract class BindingAttribute : Attribute;
