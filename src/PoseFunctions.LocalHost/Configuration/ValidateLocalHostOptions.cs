using Microsoft.Extensions.Options;

namespace PoseFunctions.LocalHost.Configuration;

[OptionsValidator]
internal sealed partial class ValidateLocalHostOptions : IValidateOptions<LocalHostOptions>;
