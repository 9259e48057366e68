using Microsoft.Extensions.Options;

namespace PoseFunctions.LocalTriggers;

[OptionsValidator]
internal sealed partial class ValidateLocalTriggerOptions : IValidateOptions<LocalTriggerOptions>;
