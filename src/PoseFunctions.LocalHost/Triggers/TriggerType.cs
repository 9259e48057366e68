using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs;
using PoseFunctions.LocalHost.Configuration.Functions;
using Binder = Microsoft.Azure.WebJobs.Binder;

namespace PoseFunctions.LocalHost.Triggers;

/// <summary>
/// Emits the type in which WebJobs finds the functions of an app: a method each, <c>Task NAME([XTrigger] T value, Binder
/// binder)</c>. It is called as in the Functions host, because names of functions are part of what lies in storage and of
/// the address that takes events.
/// </summary>
internal static class TriggerType
{
    public const string FullName = "Host.Functions";

    private static readonly MethodInfo Run =
        typeof(TriggeredFunctions).GetMethod("RunAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly ConstructorInfo BaseConstructor = typeof(TriggeredFunctions)
        .GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [typeof(TriggerDispatcher)])!;

    private static readonly ConstructorInfo Name = typeof(FunctionNameAttribute).GetConstructor([typeof(string)])!;

    /// <param name="functions">Functions that listen to something: none of HTTP.</param>
    public static Type Emit(IEnumerable<FunctionDeclaration> functions)
    {
        var type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(FullName), AssemblyBuilderAccess.Run)
            .DefineDynamicModule(FullName)
            .DefineType(FullName, TypeAttributes.Public | TypeAttributes.Sealed, typeof(TriggeredFunctions));
        EmitConstructor(type);
        foreach (var function in functions)
        {
            EmitMethod(type, function);
        }

        return type.CreateType();
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        var body = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(TriggerDispatcher)]).GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldarg_1);
        body.Emit(OpCodes.Call, BaseConstructor);
        body.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder type, FunctionDeclaration function)
    {
        var parameter = TriggerParameter.Of(function.Trigger);
        var method = type.DefineMethod(function.Name, MethodAttributes.Public, typeof(Task), [parameter.Type, typeof(Binder)]);
        method.SetCustomAttribute(new CustomAttributeBuilder(Name, [function.Name]));
        method.DefineParameter(1, ParameterAttributes.None, function.Trigger.Parameter).SetCustomAttribute(parameter.Attribute);
        method.DefineParameter(2, ParameterAttributes.None, "_binder");

        var body = method.GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldstr, function.Name);
        body.Emit(OpCodes.Ldarg_1);
        body.Emit(OpCodes.Ldarg_2);
        body.Emit(OpCodes.Call, Run);
        body.Emit(OpCodes.Ret);
    }
}
