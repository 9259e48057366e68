using Microsoft.Extensions.Options;

namespace PoseFunctions.Storage.Connection;

[OptionsValidator]
internal sealed partial class ValidatePhotosConnection : IValidateOptions<PhotosConnection>;
