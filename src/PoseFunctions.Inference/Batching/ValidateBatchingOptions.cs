using Microsoft.Extensions.Options;

namespace PoseFunctions.Inference.Batching;

[OptionsValidator]
internal sealed partial class ValidateBatchingOptions : IValidateOptions<BatchingOptions>;
