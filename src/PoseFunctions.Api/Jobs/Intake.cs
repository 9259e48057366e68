using Microsoft.Extensions.Options;
using PoseFunctions.Api.Configuration;
using PoseFunctions.Core.Failures;

namespace PoseFunctions.Api.Jobs;

/// <summary>The door for new jobs, which an operator can close.</summary>
public sealed class Intake(IOptions<ApiOptions> options)
{
    /// <summary>Returns where new jobs are taken.</summary>
    /// <exception cref="RejectedException"><see cref="FailureCodes.Unavailable"/>: the service is being drained.</exception>
    public void RequireOpen()
    {
        if (!options.Value.AcceptsJobs)
        {
            throw new RejectedException(FailureCodes.Unavailable, "No new jobs are taken at the moment. Try again later.");
        }
    }
}
