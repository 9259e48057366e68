using Microsoft.Extensions.Options;

namespace PoseFunctions.Telemetry;

[OptionsValidator]
internal sealed partial class ValidateTelemetryOptions : IValidateOptions<TelemetryOptions>;
