using System.Reflection;
using System.Runtime.CompilerServices;

namespace PoseFunctions.LocalWorker.Tests.RealWorker;

/// <summary>Writes declarations as C# does.</summary>
internal static class CSharp
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(void)] = "void",
    };

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Name(Type type) => Name(type, nullability: null);

    public static string Declare(ConstructorInfo constructor) =>
        $"{constructor.DeclaringType!.Name}({Parameters(constructor)})";

    public static string Declare(PropertyInfo property)
    {
        var prefix = property.GetMethod!.IsStatic ? "static " : "";
        var accessors = property.SetMethod is { IsPublic: true } ? "{ get; set; }" : "{ get; }";
        return $"{prefix}{Name(property.PropertyType, Nullability.Create(property))} {property.Name} {accessors}";
    }

    public static string Declare(MethodInfo method, string name)
    {
        var prefix = method.IsStatic ? "static " : "";
        var generics = method.GetGenericArguments();
        var arguments = generics.Length == 0 ? "" : $"<{string.Join(", ", generics.Select(Name))}>";
        var result = Name(method.ReturnType, Nullability.Create(method.ReturnParameter));
        return $"{prefix}{result} {name}{arguments}({Parameters(method)}){string.Concat(generics.Select(Constraints))}";
    }

    private static string Parameters(MethodBase method)
    {
        var self = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return self + string.Join(", ", method.GetParameters().Select(Declare));
    }

    private static string Declare(ParameterInfo parameter)
    {
        var prefix = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var otherwise = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "";
        return $"{prefix}{Name(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{otherwise}";
    }

    private static string Constraints(Type generic)
    {
        var isClass = generic.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint);
        string[] constraints = [.. isClass ? ["class"] : Array.Empty<string>(), .. generic.GetGenericParameterConstraints().Select(Name)];
        return constraints.Length == 0 ? "" : $" where {generic.Name} : {string.Join(", ", constraints)}";
    }

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        var mark = nullability is { ReadState: NullabilityState.Nullable } && !type.IsGenericParameter && !type.IsValueType ? "?" : "";
        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        }

        if (!type.IsGenericType)
        {
            return Keywords.GetValueOrDefault(type, type.Name) + mark;
        }

        var arguments = type.GetGenericArguments()
            .Select((argument, position) => Name(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(position)));
        return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", arguments)}>{mark}";
    }
}
