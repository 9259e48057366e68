using Microsoft.Extensions.Options;

namespace PoseFunctions.LocalHost.Events;

[OptionsValidator]
internal sealed partial class ValidateBlobEventOptions : IValidateOptions<BlobEventOptions>;
