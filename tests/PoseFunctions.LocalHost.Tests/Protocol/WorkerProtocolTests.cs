using Google.Protobuf.Reflection;
using PoseFunctions.LocalHost.Protocol;

namespace PoseFunctions.LocalHost.Tests.Protocol;

/// <summary>Holds our subset of the protocol against the descriptor that the worker's package was compiled with.</summary>
public sealed class WorkerProtocolTests
{
    private static readonly FileDescriptor Ours = FunctionsReflection.Descriptor;

    public static TheoryData<string> Messages => [.. Ours.MessageTypes.Select(message => message.Name)];

    public static TheoryData<string> Enums =>
        [.. Ours.MessageTypes.SelectMany(message => message.EnumTypes).Select(type => type.FullName)];

    [Fact]
    public void Package_IsTheWorkers() => Assert.Equal(WorkerProtocol.Descriptor.Package, Ours.Package);

    [Fact]
    public void Services_AreTheWorkers() =>
        Assert.Equal(WorkerProtocol.Descriptor.Services.SelectMany(Describe), Ours.Services.SelectMany(Describe));

    [Theory]
    [MemberData(nameof(Messages))]
    public void Fields_OfOurMessage_AreThoseOfTheWorkers(string message)
    {
        var ours = Ours.MessageTypes.Single(type => type.Name == message).Fields.InFieldNumberOrder();
        var theirs = WorkerProtocol.Message(message);

        Assert.All(ours, field => Assert.Equal(Describe(theirs.FindFieldByNumber(field.FieldNumber)), Describe(field)));
    }

    [Theory]
    [MemberData(nameof(Enums))]
    public void Values_OfOurEnum_AreThoseOfTheWorkers(string name)
    {
        var ours = Ours.MessageTypes.SelectMany(message => message.EnumTypes).Single(type => type.FullName == name);

        Assert.Equal(WorkerProtocol.Enum(name).Values.Select(Describe), ours.Values.Select(Describe));
    }

    private static IEnumerable<string> Describe(ServiceDescriptor service) => service.Methods.Select(method =>
        $"{service.FullName}.{method.Name}({Streamed(method.IsClientStreaming)}{method.InputType.FullName}) returns "
        + $"({Streamed(method.IsServerStreaming)}{method.OutputType.FullName})");

    private static string Streamed(bool streams) => streams ? "stream " : "";

    private static string Describe(EnumValueDescriptor value) => $"{value.Name} = {value.Number}";

    private static string Describe(FieldDescriptor? field) => field switch
    {
        null => "no such field",
        { IsMap: true } => $"map<{field.MessageType.Fields[1].FieldType}, {ValueType(field.MessageType.Fields[2])}> {Named(field)}",
        _ => $"{(field.IsRepeated ? "repeated " : "")}{ValueType(field)} {Named(field)}",
    };

    private static string Named(FieldDescriptor field) =>
        $"{field.Name} = {field.FieldNumber}, presence {field.HasPresence}, of {field.RealContainingOneof?.Name ?? "no oneof"}";

    private static string ValueType(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        var scalar => scalar.ToString(),
    };
}
