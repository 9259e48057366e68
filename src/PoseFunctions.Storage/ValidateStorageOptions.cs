using Microsoft.Extensions.Options;

namespace PoseFunctions.Storage;

[OptionsValidator]
internal sealed partial class ValidateStorageOptions : IValidateOptions<StorageOptions>;
