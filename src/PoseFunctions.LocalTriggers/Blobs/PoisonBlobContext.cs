using System.Text.Json.Serialization;

namespace PoseFunctions.LocalTriggers.Blobs;

[JsonSerializable(typeof(PoisonBlobMessage))]
internal sealed partial class PoisonBlobContext : JsonSerializerContext;
