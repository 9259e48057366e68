using System.Reflection;
using Google.Protobuf.Reflection;

namespace PoseFunctions.LocalHost.Tests.Protocol;

/// <summary>The protocol as package Microsoft.Azure.Functions.Worker.Grpc has it: internal, and without its .proto file.</summary>
internal static class WorkerProtocol
{
    private const string Types = "Microsoft.Azure.Functions.Worker.Grpc.Messages.FunctionRpcReflection";

    public static FileDescriptor Descriptor { get; } = (FileDescriptor)Assembly
        .Load("Microsoft.Azure.Functions.Worker.Grpc")
        .GetType(Types, throwOnError: true)!
        .GetProperty(nameof(Descriptor), BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
        .GetValue(null)!;

    public static MessageDescriptor Message(string name) =>
        Descriptor.MessageTypes.SingleOrDefault(message => message.Name == name)
        ?? throw new InvalidOperationException($"The worker's protocol has no message {name}.");

    public static EnumDescriptor Enum(string fullName) =>
        Descriptor.MessageTypes.SelectMany(message => message.EnumTypes).SingleOrDefault(type => type.FullName == fullName)
        ?? throw new InvalidOperationException($"The worker's protocol has no enum {fullName}.");
}
