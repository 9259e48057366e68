using Microsoft.Extensions.Options;

namespace PoseFunctions.Api.Configuration;

[OptionsValidator]
internal sealed partial class ValidateApiOptions : IValidateOptions<ApiOptions>;
