using System.Text.Json;
using System.Text.Json.Serialization;

namespace PoseFunctions.Simulation.Inputs;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(CapacityInputs))]
internal sealed partial class InputsJsonContext : JsonSerializerContext;
