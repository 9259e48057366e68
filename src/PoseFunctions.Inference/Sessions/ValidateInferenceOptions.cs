using Microsoft.Extensions.Options;

namespace PoseFunctions.Inference.Sessions;

[OptionsValidator]
internal sealed partial class ValidateInferenceOptions : IValidateOptions<InferenceOptions>;
