using System.Reflection;

namespace PoseFunctions.LocalWorker.Tests.RealWorker;

/// <summary>Reads the public API of an assembly in the words of the description.</summary>
internal static class ApiReflection
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<ApiType> Read(Assembly assembly) => [.. assembly.GetExportedTypes().Select(Read)];

    /// <summary>The name of a type as the description's lists of bindable types write it.</summary>
    public static string FullNameOf(Type type) => type.IsGenericType
        ? $"{type.Namespace}.{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(FullNameOf))}>"
        : type.FullName!;

    private static ApiType Read(Type type) => new(
        type.Namespace!, Kind(type), type.Name, [.. Bases(type)], [.. Targets(type)], [.. Members(type)]);

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ when IsDelegate(type) => "delegate",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum || IsDelegate(type))
        {
            return [];
        }

        var inherited = type.GetInterfaces().SelectMany(face => face.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []);
        var own = type.GetInterfaces().Except(inherited);
        return (type.BaseType is { } parent && parent != typeof(object) ? own.Prepend(parent) : own).Select(CSharp.Name);
    }

    private static IEnumerable<string> Targets(Type type)
    {
        var usage = type.IsSubclassOf(typeof(Attribute)) ? type.GetCustomAttribute<AttributeUsageAttribute>() : null;
        return usage is null ? [] : usage.ValidOn.ToString().Split(", ").Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt32(Enum.Parse(type, name), null)}");
        }

        if (IsDelegate(type))
        {
            return [CSharp.Declare(type.GetMethod("Invoke")!, type.Name)];
        }

        return
        [
            .. type.GetConstructors().Select(CSharp.Declare),
            .. type.GetFields(Declared).Select(field => $"{CSharp.Name(field.FieldType)} {field.Name}"),
            .. type.GetProperties(Declared).Select(CSharp.Declare),
            .. type.GetMethods(Declared).Where(method => !method.IsSpecialName).Select(method => CSharp.Declare(method, method.Name)),
        ];
    }
}
