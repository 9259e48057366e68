using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using PoseFunctions.LocalWorker.Discovery;

namespace PoseFunctions.LocalWorker.Invocations;

/// <summary>The definition that functions and middleware see.</summary>
internal sealed class DeclaredFunctionDefinition(FunctionDeclaration declaration) : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters { get; } =
        [.. declaration.Parameters.Select(parameter => new FunctionParameter(parameter.Name!, parameter.ParameterType))];

    public override string PathToAssembly { get; } = declaration.Class.Assembly.Location;

    public override string EntryPoint { get; } = $"{declaration.Class.FullName}.{declaration.Method.Name}";

    public override string Id => declaration.Id;

    public override string Name => declaration.Name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        (from parameter in declaration.Parameters
         from binding in parameter.GetCustomAttributes<BindingAttribute>()
         select new DeclaredBinding(parameter.Name!, TypeOf(binding), BindingDirection.In))
        .ToImmutableDictionary(binding => binding.Name, BindingMetadata (binding) => binding);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } =
        declaration.Method.GetCustomAttributes<OutputBindingAttribute>()
            .Select(binding => new DeclaredBinding("$return", TypeOf(binding), BindingDirection.Out))
            .ToImmutableDictionary(binding => binding.Name, BindingMetadata (binding) => binding);

    // BlobTriggerAttribute is "blobTrigger", BlobInputAttribute and BlobOutputAttribute are "blob".
    private static string TypeOf(BindingAttribute binding)
    {
        var name = binding.GetType().Name.Replace("Attribute", string.Empty, StringComparison.Ordinal)
            .Replace("Input", string.Empty, StringComparison.Ordinal)
            .Replace("Output", string.Empty, StringComparison.Ordinal);
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private sealed class DeclaredBinding(string name, string type, BindingDirection direction) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => type;

        public override BindingDirection Direction => direction;
    }
}
